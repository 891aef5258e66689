using System.Diagnostics;
using System.Text;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The bots of <c>examples/demo</c>, as a process of their own.</summary>
internal sealed class DemoProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private DemoProgram(params string[] options)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(Root(), "examples", "demo", "main.mjs"), .. options])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it, and waits until all that the script tells has been said.</summary>
    public static async Task<DemoProgram> StartAsync(params string[] options)
    {
        var demo = new DemoProgram(options);
        await Task.WhenAny(demo._ready.Task, demo.ExitAsync()).WaitAsync(Limit);
        Assert.True(demo._ready.Task.IsCompleted, demo.Output);
        return demo;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code, and what it printed.</returns>
    public static async Task<(int Code, string Output)> RunAsync(params string[] options)
    {
        await using var demo = new DemoProgram(options);
        return (await demo.ExitAsync(), demo.Output);
    }

    /// <summary>As Ctrl-C does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return _process.ExitCode;
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        if (line.Data?.Contains("is ready", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AkkaChat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
        }

        return folder.FullName;
    }
}
