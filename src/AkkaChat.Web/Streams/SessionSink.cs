using Akka.Streams;
using Akka.Streams.Stage;
using AkkaChat.Sessions;
using AkkaChat.Web.WebSockets;

namespace AkkaChat.Web.Streams;

/// <summary>
/// Hands packets to a session: takes one, waits for room in the session's window, tells the session's actor, and asks
/// for the next. Its result is the end that the source reported.
/// </summary>
internal sealed class SessionSink : GraphStageWithMaterializedValue<SinkShape<WebSocketRead>, Task<WebSocketRead>>
{
    private static readonly WebSocketRead BrokenOff = new(default, CloseReason.TransportClose, null);

    private readonly Inlet<WebSocketRead> _in = new("Session.in");

    /// <inheritdoc/>
    public override SinkShape<WebSocketRead> Shape => new(_in);

    /// <inheritdoc/>
    public override ILogicAndMaterializedValue<Task<WebSocketRead>> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes)
    {
        var end = new TaskCompletionSource<WebSocketRead>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new LogicAndMaterializedValue<Task<WebSocketRead>>(
            new Logic(this, BridgedConnection.Of(inheritedAttributes), end), end.Task);
    }

    private sealed class Logic : InGraphStageLogic
    {
        private readonly SessionSink _stage;
        private readonly BridgedConnection _connection;
        private readonly TaskCompletionSource<WebSocketRead> _end;
        private readonly Action<bool> _onEntered;
        private WebSocketRead _current;

        public Logic(SessionSink stage, BridgedConnection connection, TaskCompletionSource<WebSocketRead> end)
            : base(stage.Shape)
        {
            _stage = stage;
            _connection = connection;
            _end = end;
            _onEntered = GetAsyncCallback<bool>(OnEntered);
            SetHandler(stage._in, this);
        }

        /// <inheritdoc/>
        public override void PreStart() => Pull(_stage._in);

        /// <inheritdoc/>
        public override void OnPush()
        {
            _current = Grab(_stage._in);
            if (_current.End is not null)
            {
                _end.TrySetResult(_current);
                return;
            }

            var entering = _connection.Session.Window.EnterAsync(_current.Packet.Data.Length, _connection.Lifetime);
            if (entering.IsCompletedSuccessfully)
            {
                OnEntered(true);
            }
            else
            {
                _ = AwaitAsync(entering.AsTask());
            }
        }

        /// <summary>Also when the materializer stops: whoever waits for the end must not wait for ever.</summary>
        public override void PostStop() => _end.TrySetResult(BrokenOff);

        private async Task AwaitAsync(Task entering)
        {
            await entering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _onEntered(entering.IsCompletedSuccessfully);
        }

        private void OnEntered(bool hasEntered)
        {
            if (!hasEntered)
            {
                CompleteStage();
                return;
            }

            _connection.Session.Tell(new SessionMessages.PacketArrived(_connection.Generation, _current.Packet, null));
            Pull(_stage._in);
        }
    }
}
