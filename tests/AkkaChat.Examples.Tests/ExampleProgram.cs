using System.Diagnostics;
using System.Text;

namespace AkkaChat.Examples.Tests;

/// <summary>A built example as a process of its own, on a port that the system chooses.</summary>
internal sealed class ExampleProgram : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ExampleProgram(string name, bool byPort, string[] arguments)
    {
        _process = new Process { StartInfo = StartInfo(BuiltProgram(name), byPort, arguments) };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Starts it and waits until it says where it listens.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="byPort">Whether it is told its port by PORT, and not by --urls.</param>
    /// <param name="arguments">What else it is told on its command line.</param>
    public static async Task<ExampleProgram> StartAsync(string name, bool byPort = false, params string[] arguments)
    {
        var program = new ExampleProgram(name, byPort, arguments);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        try
        {
            await program.WaitAsync();
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }

        return program;
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

    private async Task WaitAsync()
    {
        using var limit = new CancellationTokenSource(Limit.Start);
        await Task.WhenAny(_listens.Task, _process.WaitForExitAsync(limit.Token));
        if (!_listens.Task.IsCompletedSuccessfully)
        {
            lock (_output)
            {
                Assert.Fail($"The example did not start. It printed:\n{_output}");
            }
        }

        Url = await _listens.Task;
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.IndexOf(Announcement, StringComparison.Ordinal) is { } at and >= 0)
        {
            _listens.TrySetResult(new Uri(line[(at + Announcement.Length)..].Trim()));
        }
    }

    private static ProcessStartInfo StartInfo(string program, bool byPort, string[] others)
    {
        string[] arguments = byPort ? [program, .. others] : [program, "--urls", "http://127.0.0.1:0", .. others];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("AKKACHAT_CONFIG");
        start.Environment["PORT"] = byPort ? "0" : "1";
        return start;
    }

    /// <summary>Beside these tests, of the same feed and configuration: artifacts/FEED/bin/PROJECT/CONFIGURATION.</summary>
    private static string BuiltProgram(string name)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, $"{name}.dll");
        Assert.True(File.Exists(program), $"The example is not built: there is no {program}.");
        return program;
    }
}
