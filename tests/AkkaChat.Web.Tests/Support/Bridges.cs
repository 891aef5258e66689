namespace AkkaChat.Web.Tests.Support;

/// <summary>The WebSocket bridges that this build has; what one does the other does.</summary>
public sealed class Bridges : TheoryData<string>
{
    public Bridges()
    {
        Add("loops");
        if (typeof(AkkaChatWebOptions).Assembly.GetType("AkkaChat.Web.Streams.StreamsBridge") is not null)
        {
            Add("streams");
        }
    }
}
