using Akka.Actor;
using Akka.Dispatch;

namespace AkkaChat.Dispatch;

/// <summary>
/// The dispatcher of sessions and rooms: actors run on the thread pool, and what they put into outboxes while they work
/// through their mailboxes goes out when they pause. A room with several broadcasts waiting, or a session with several
/// events, so costs each connection one write.
/// </summary>
internal static class BatchingDispatcher
{
    public const string Id = "akkachat.dispatcher";

    /// <summary>
    /// How many messages an actor handles before it must pause. There is no deadline beside it: Akka.NET 1.4 and 1.5
    /// compare it with the time since the start of the process, and pause after every message.
    /// </summary>
    private const int Throughput = 64;

    /// <summary>Makes the dispatcher known to an actor system.</summary>
    public static void Register(ActorSystem system) =>
        system.Dispatchers.RegisterConfigurator(Id, new Configurator(system.Dispatchers.Prerequisites));

    private sealed class Configurator : MessageDispatcherConfigurator
    {
        private readonly MessageDispatcher _dispatcher;

        public Configurator(IDispatcherPrerequisites prerequisites)
            : base(prerequisites.Settings.Config, prerequisites) =>
            _dispatcher = new Dispatcher(this, Id, Throughput, throughputDeadlineTime: null, new Factory(), TimeSpan.FromSeconds(1));

        /// <inheritdoc/>
        public override MessageDispatcher Dispatcher() => _dispatcher;
    }

    private sealed class Factory : ExecutorServiceFactory
    {
        /// <inheritdoc/>
        public override ExecutorService Produce(string id) => new Executor(id);
    }

    private sealed class Executor(string id) : ExecutorService(id)
    {
        /// <inheritdoc/>
        public override void Execute(IRunnable run) => MailboxRuns.Schedule(run);

        /// <inheritdoc/>
        public override void Shutdown()
        {
            // The thread pool is everybody's.
        }
    }
}
