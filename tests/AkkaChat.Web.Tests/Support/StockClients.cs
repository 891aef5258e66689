namespace AkkaChat.Web.Tests.Support;

/// <summary>The NuGet package SocketIOClient.</summary>
internal static class StockClients
{
    /// <summary>
    /// Connects. The client's own call now and then ends before it is connected, to whatever server, and what is sent then comes
    /// before its CONNECT, and gets no answer.
    /// </summary>
    public static async Task OpenAsync(this SocketIOClient.SocketIO client)
    {
        var connected = new Recorder<bool>();
        client.OnConnected += (_, _) => connected.Add(item: true);
        await client.ConnectAsync().Soon();
        await connected.NextAsync();
    }
}
