namespace AkkaChat.Web.Tests.Support;

/// <summary>
/// The WebSocket bridges that this build has, and each with the framing of our own and with ASP.NET Core's class; what
/// one does the others do.
/// </summary>
public sealed class Bridges : TheoryData<string>
{
    private const string ByClass = " by class";

    public Bridges()
    {
        AddBoth("loops");
        if (typeof(AkkaChatWebOptions).Assembly.GetType("AkkaChat.Web.Streams.StreamsBridge") is not null)
        {
            AddBoth("streams");
        }
    }

    public static void Choose(AkkaChatWebOptions options, string bridge)
    {
        options.WebSocketBridge = bridge.Replace(ByClass, "", StringComparison.Ordinal);
        options.DirectWebSockets = !bridge.EndsWith(ByClass, StringComparison.Ordinal);
    }

    private void AddBoth(string bridge)
    {
        Add(bridge);
        Add(bridge + ByClass);
    }
}
