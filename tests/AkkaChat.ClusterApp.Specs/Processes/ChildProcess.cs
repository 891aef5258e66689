using System.Diagnostics;

namespace AkkaChat.ClusterApp.Specs.Processes;

/// <summary>A program as a process of its own, which can be killed and told to end, and the last that it said.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLength = 60;
    private const int LongestLine = 400;

    private readonly string _name;
    private readonly Process _process;
    private readonly Func<string, bool> _read;
    private readonly Queue<string> _tail = new();

    private ChildProcess(string name, ProcessStartInfo start, Func<string, bool> read)
    {
        _name = name;
        _read = read;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data, isOutput: true);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, isOutput: false);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The end of its log, with the process's name.</summary>
    public string Log
    {
        get
        {
            lock (_tail)
            {
                return $"--- {_name}{(HasExited ? $" (ended with code {_process.ExitCode})" : "")}\n{string.Join('\n', _tail)}\n";
            }
        }
    }

    /// <param name="name">What its log is called.</param>
    /// <param name="program">A file, or a name on the path.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="environment">Beside this process's own, without settings of AkkaChat and ASP.NET Core.</param>
    /// <param name="read">Gets each line of its standard output, and says whether it understood it; all others are its log.</param>
    public static ChildProcess Start(
        string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Func<string, bool> read)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var key in start.Environment.Keys.Where(key => key.StartsWith("AKKACHAT_", StringComparison.Ordinal) || key == "ASPNETCORE_URLS").ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(name, start, read);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>As if the machine had lost power.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>Tells it to end, as operators do, and waits until it has; fails if it does not in time, or says that it failed.</summary>
    public async Task TerminateAsync(TimeSpan limit)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
        Assert.True(await HasExitedAsync(limit), $"{_name} did not end within {limit.TotalSeconds} s of SIGTERM.");
        Assert.True(_process.ExitCode == 0, $"{_name} ended with code {_process.ExitCode}.");
    }

    public async Task<bool> HasExitedAsync(TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Read(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        if (!isOutput || !_read(line))
        {
            Keep(line);
        }
    }

    private void Keep(string line)
    {
        lock (_tail)
        {
            _tail.Enqueue(line.Length > LongestLine ? line[..LongestLine] : line);
            if (_tail.Count > TailLength)
            {
                _tail.Dequeue();
            }
        }
    }
}
