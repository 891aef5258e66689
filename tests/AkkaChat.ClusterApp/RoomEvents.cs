namespace AkkaChat.ClusterApp;

/// <summary>Rooms to enter and to speak in. What fails is said in the ack, so that a client knows what it is told and what not.</summary>
internal static class RoomEvents
{
    public static void Map(IAkkaChat io, string node)
    {
        io.On("who", () => node);
        io.On("echo", (Socket socket, EventArgument argument) => socket.EmitAsync("echoed", argument));
        io.On("join", async (Socket socket, string room) => new { node, error = await ErrorOf(socket.JoinAsync(room)) });
        io.On("say", async (string room, string text) =>
        {
            var error = await ErrorOf(io.To(room).EmitAsync("said", text));
            return new { node, error, neverSent = error?.Contains("never left", StringComparison.Ordinal) == true };
        });
    }

    private static async Task<string?> ErrorOf(Task operation)
    {
        await operation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return operation.IsCompletedSuccessfully ? null : operation.Exception?.InnerException?.Message ?? "canceled";
    }
}
