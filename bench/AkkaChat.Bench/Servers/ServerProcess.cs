using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AkkaChat.Bench.Net;

namespace AkkaChat.Bench.Servers;

/// <summary>A server that was started for one run, and is ended with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(6);

    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int Id => _process.Id;

    /// <param name="server">Which.</param>
    /// <param name="core">The core it may run on; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServerProcess> StartAsync(ServerDefinition server, int? core, CancellationToken cancellationToken)
    {
        var port = FreePorts(1)[0];
        var process = new Process { StartInfo = StartInfo(server, core, port) };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new BenchException($"{server.Name} ended before it was ready."));
            }
            else if (line.Data.Contains(server.ReadyLine, StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        var started = new ServerProcess(process, port);
        try
        {
            await ready.Task.WaitAsync(StartLimit, cancellationToken);
        }
        catch (Exception failure)
        {
            await started.DisposeAsync();
            if (failure is TimeoutException)
            {
                throw new BenchException($"{server.Name} was not ready after {StartLimit.TotalSeconds} s.", failure);
            }

            throw;
        }

        return started;
    }

    /// <summary>Ports that nobody has now, each another one.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        var ports = listeners.ConvertAll(FreePort);
        listeners.ForEach(listener => listener.Dispose());
        return [.. ports];
    }

    public async ValueTask DisposeAsync()
    {
        _ = LibC.Signal(_process.Id, LibC.Terminate);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(ServerDefinition server, int? core, int port)
    {
        // taskset becomes the program that it starts, so the process's id is the server's.
        string[] pinning = core is null ? [] : ["taskset", "-c", core.Value.ToString(CultureInfo.InvariantCulture)];
        var ownPort = port.ToString(CultureInfo.InvariantCulture);
        string[] command = [.. pinning, server.Program, .. server.Arguments.Select(argument => argument.Replace("$PORT", ownPort, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PORT"] = ownPort;
        foreach (var (name, value) in server.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static int FreePort(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
