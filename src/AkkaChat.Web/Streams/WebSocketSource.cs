using Akka.Streams;
using Akka.Streams.Stage;
using AkkaChat.Dispatch;
using AkkaChat.Web.WebSockets;

namespace AkkaChat.Web.Streams;

/// <summary>The reads of one WebSocket. The last element is the end; then the source completes.</summary>
internal sealed class WebSocketSource : GraphStage<SourceShape<WebSocketRead>>
{
    private readonly Outlet<WebSocketRead> _out = new("WebSocket.out");

    /// <inheritdoc/>
    public override SourceShape<WebSocketRead> Shape => new(_out);

    /// <inheritdoc/>
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, BridgedConnection.Of(inheritedAttributes).Reader);

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly WebSocketSource _stage;
        private readonly WebSocketReader _reader;
        private readonly Action<WebSocketRead> _onRead;

        public Logic(WebSocketSource stage, WebSocketReader reader)
            : base(stage.Shape)
        {
            _stage = stage;
            _reader = reader;
            _onRead = GetAsyncCallback<WebSocketRead>(Deliver);
            SetHandler(stage._out, this);
        }

        /// <inheritdoc/>
        public override void OnPull()
        {
            var read = _reader.ReadAsync();
            if (read.IsCompletedSuccessfully)
            {
                Deliver(read.Result);
            }
            else
            {
                _ = AwaitAsync(read.AsTask());
            }
        }

        private async Task AwaitAsync(Task<WebSocketRead> read) => MailboxRuns.Enter(await read, _onRead);

        private void Deliver(WebSocketRead read)
        {
            Push(_stage._out, read);
            if (read.End is not null)
            {
                CompleteStage();
            }
        }
    }
}
