using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The built Host as a process of its own, which can be stopped, frozen, killed and started again.</summary>
internal sealed class ChatHost : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePort();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("akkachat-test-");
    private Process? _process;

    public string Url => $"http://127.0.0.1:{_port}/";

    public static async Task<ChatHost> StartNewAsync()
    {
        var host = new ChatHost();
        await host.StartAsync();
        return host;
    }

    /// <summary>Starts it, always on the same port, and waits until it says that it listens.</summary>
    public async Task StartAsync()
    {
        var output = new StringBuilder();
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = StartInfo() };
        DataReceivedEventHandler read = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data?.Contains($":{_port}", StringComparison.Ordinal) == true)
            {
                listens.TrySetResult();
            }
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitAsync(listens.Task, _process, output);
    }

    /// <summary>As if the machine had lost power.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>It keeps its connections but does nothing any more.</summary>
    public async Task FreezeAsync()
    {
        using var kill = Process.Start("kill", ["-STOP", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _data.Delete(recursive: true);
    }

    private static async Task WaitAsync(Task listens, Process process, StringBuilder output)
    {
        using var limit = new CancellationTokenSource(StartLimit);

        // The exit, if there is one, is seen after all that was printed has been read.
        await Task.WhenAny(listens, process.WaitForExitAsync(limit.Token));
        if (!listens.IsCompletedSuccessfully)
        {
            lock (output)
            {
                Assert.Fail($"The Host did not start. It printed:\n{output}");
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [BuiltHost()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = $"{_port}";
        start.Environment["AKKACHAT_DATA"] = _data.FullName;

        // All people of a test come from one address.
        start.Environment["Chat__LoginsPerMinute"] = "10000";
        start.Environment["Chat__RegistrationsPerMinute"] = "10000";
        start.Environment["Chat__Guests"] = "true";
        start.Environment.Remove("ASPNETCORE_URLS");
        return start;
    }

    /// <summary>Beside these tests, of the same feed and configuration: artifacts/FEED/bin/PROJECT/CONFIGURATION.</summary>
    private static string BuiltHost()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var host = Path.Combine(own.Parent!.Parent!.FullName, "AkkaChat.Host", own.Name, "AkkaChat.Host.dll");
        Assert.True(File.Exists(host), $"The Host is not built: there is no {host}. Run './akkachat test'.");
        return host;
    }

    /// <summary>
    /// Not one that the system would choose: by the time the Host is started again, it could have given it to any
    /// connection.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
