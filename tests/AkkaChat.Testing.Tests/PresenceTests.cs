namespace AkkaChat.Testing.Tests;

/// <summary>The example of docs/presence.md, with clients that speak the real protocol.</summary>
public sealed class PresenceTests
{
    [Fact]
    public async Task An_application_shows_who_is_there_on_which_devices()
    {
        await using var server = await ChatTestServer.StartAsync(Application);
        await using var phone = await server.ConnectAsync(user: TestUser.Named("ann"));
        await using var laptop = await server.ConnectAsync(user: TestUser.Named("ann"));
        await using var bob = await server.ConnectAsync(user: TestUser.Named("bob"));

        await phone.CallAsync("enter", "team", "phone");
        await laptop.CallAsync("enter", "team", "laptop");
        await bob.CallAsync("enter", "team", "laptop");
        await server.AdvanceAsync(TimeSpan.FromMilliseconds(100));

        var people = People.Of(await bob.ReceivedAsync());
        Assert.Equal(["ann laptop online", "ann phone online", "bob laptop online"], people.Show());

        await phone.CallAsync("status", "team", "phone", "away");
        await laptop.DisconnectAsync();
        await server.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        people.Take(await bob.ReceivedAsync());
        Assert.Equal(["ann phone away", "bob laptop online"], people.Show());

        var read = await bob.CallAsync<Person[]>("who", "team");
        Assert.Equal(["ann 1", "bob 1"], read.Select(person => $"{person.Key} {person.Metas.Length}"));
    }

    private static void Application(IAkkaChat io)
    {
        io.On("enter", (Socket socket, string room, string device) => io.PresenceOf(room).TrackAsync(socket, new { device, status = "online" }));
        io.On("status", (Socket socket, string room, string device, string status) => io.PresenceOf(room).UpdateAsync(socket, new { device, status }));
        io.On("who", (string room) => io.PresenceOf(room).ReadAsync());
    }

    private sealed record Meta(string Ref, string Device, string Status);

    private sealed record Person(string Key, Meta[] Metas);

    private sealed record Diff(Dictionary<string, Meta[]> Joins, Dictionary<string, Meta[]> Leaves);

    /// <summary>A client's view, by the rule of docs/presence.md.</summary>
    private sealed class People
    {
        private readonly List<(string Key, Meta Meta)> _entries = [];

        public static People Of(IReadOnlyList<ReceivedEvent> events)
        {
            var people = new People();
            people.Take(events);
            return people;
        }

        public void Take(IReadOnlyList<ReceivedEvent> events)
        {
            foreach (var received in events)
            {
                Take(received);
            }
        }

        public string[] Show() => [.. _entries.Select(entry => $"{entry.Key} {entry.Meta.Device} {entry.Meta.Status}").Order()];

        private void Take(ReceivedEvent received)
        {
            Assert.Equal("team", received.Argument<string>());
            if (received.Name == "presence_state")
            {
                _entries.Clear();
                Join(received.Argument<Dictionary<string, Meta[]>>(1));
                return;
            }

            var diff = received.Argument<Diff>(1);
            _entries.RemoveAll(entry => diff.Leaves.Values.SelectMany(metas => metas).Any(meta => meta.Ref == entry.Meta.Ref));
            Join(diff.Joins);
        }

        private void Join(Dictionary<string, Meta[]> people) =>
            _entries.AddRange(from person in people from meta in person.Value select (person.Key, meta));
    }
}
