using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaChat.Testing.Actors;

namespace AkkaChat.Testing.Tests.Actors;

/// <summary>Rooms and sessions under Akka's TestKit (standard build only).</summary>
public sealed class ActorProbeTests : TestKit
{
    [Fact]
    public async Task A_room_probe_sees_what_an_actor_of_the_application_emits()
    {
        await using var server = await ChatTestServer.StartAsync(configure: options => options.ActorSystem = Sys);
        var room = await RoomProbe.JoinAsync(this, server.Io, "lobby");
        var announcer = Sys.ActorOf(Props.Create(() => new Announcer(server.Io)));

        announcer.Tell("doors open");

        Assert.Equal("doors open", room.ExpectDelivered("announcement")[0].As<string>());
        await room.LeaveAsync();
        await server.Io.To("lobby").EmitAsync("announcement", "nobody");
        await server.Io.To("lobby").EmitAsync("file", new byte[] { 1 });
        room.Probe.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_room_probe_takes_binary()
    {
        await using var server = await ChatTestServer.StartAsync(configure: options => options.ActorSystem = Sys);
        var room = await RoomProbe.JoinAsync(this, server.Io.Of("/files"), "all");

        await server.Io.Of("/files").To("all").EmitAsync("file", new byte[] { 1, 2 });

        Assert.Equal([1, 2], room.ExpectDelivered("file")[0].As<byte[]>());
    }

    [Fact]
    public async Task A_session_probe_plays_the_client_packet_by_packet()
    {
        using var session = await SessionProbe.OpenAsync(this, io => io.On("add", (int a, int b) => a + b));

        Assert.Contains("pingInterval", session.ExpectSent("0{"), StringComparison.Ordinal);
        session.Send("40");
        session.ExpectSent("40{\"sid\":");
        session.Send("421[\"add\",2,3]");
        Assert.Equal("431[5]", session.ExpectSent());
        session.Clock.Advance(TimeSpan.FromSeconds(25));
        session.ExpectSent("2");
        session.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("ping timeout", session.ExpectClosed());
    }

    private sealed class Announcer : ReceiveActor
    {
        public Announcer(IAkkaChat io) =>
            ReceiveAsync<string>(text => io.To("lobby").EmitAsync("announcement", text));
    }
}
