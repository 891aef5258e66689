using AkkaChat.Sessions;

namespace AkkaChat.Sockets;

/// <summary>
/// Runs the handlers of one connection's sockets. Whatever runs or waits takes room in the connection's window: a client
/// that joins and leaves over and over while handlers wait is slowed down as one is that sends events. Used by the
/// session's actor only.
/// </summary>
internal sealed class HandlerRunner(ISessionHost host)
{
    private readonly HashSet<HandlerQueue> _busy = [];

    /// <summary>Whether no handler runs or waits.</summary>
    public bool IsIdle => _busy.Count == 0;

    public void Add(HandlerQueue handlers, IHandlerRun run)
    {
        host.Session.Window.Hold(run.Size);
        handlers.Add(run);
        Run(handlers);
    }

    /// <summary>A run that had not completed at once has completed now.</summary>
    public void OnCompleted(RunningHandler running)
    {
        running.Handlers.Complete(running.Run);
        End(running.Run, hasRun: true);
        Run(running.Handlers);
    }

    /// <summary>Ends what waits without running it.</summary>
    public void Drop(HandlerQueue handlers)
    {
        foreach (var run in handlers.Clear())
        {
            End(run, hasRun: false);
        }
    }

    private void Run(HandlerQueue handlers)
    {
        while (handlers.TryStart(out var run))
        {
            var task = run.RunAsync();
            if (!task.IsCompleted)
            {
                _busy.Add(handlers);
                host.TellWhenDone(task, new RunningHandler(handlers, run));
                continue;
            }

            handlers.Complete(run);
            End(run, hasRun: true);
        }

        if (handlers.IsIdle)
        {
            _busy.Remove(handlers);
        }
    }

    private void End(IHandlerRun run, bool hasRun)
    {
        run.OnEnded(hasRun);
        host.Session.Window.Release(run.Size);
    }
}

/// <summary>A handler that had not completed at once.</summary>
internal sealed record RunningHandler(HandlerQueue Handlers, IHandlerRun Run);
