using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaChat.Testing.Actors;

namespace AkkaChat.Testing.Tests.Actors;

/// <summary>The code of docs/testing.md that needs Akka's TestKit.</summary>
public sealed class ActorDocsExamples
{
    // doc: room-probe
    public sealed class AnnouncerTests : TestKit
    {
        [Fact]
        public async Task It_announces_in_the_lobby()
        {
            await using var server = await ChatTestServer.StartAsync(configure: options => options.ActorSystem = Sys);
            var lobby = await RoomProbe.JoinAsync(this, server.Io, "lobby");
            var announcer = Sys.ActorOf(Props.Create(() => new Announcer(server.Io)));

            announcer.Tell("doors open");

            Assert.Equal("doors open", lobby.ExpectDelivered("announcement")[0].As<string>());
        }
    }
    // end

    // doc: session-probe
    public sealed class ProtocolTests : TestKit
    {
        [Fact]
        public async Task A_sum_on_the_wire()
        {
            using var session = await SessionProbe.OpenAsync(this, io => io.On("add", (int a, int b) => a + b));
            session.ExpectSent("0{");                         // the handshake

            session.Send("40");
            session.ExpectSent("40{\"sid\":");
            session.Send("421[\"add\",2,3]");
            Assert.Equal("431[5]", session.ExpectSent());

            session.Clock.Advance(TimeSpan.FromSeconds(25));
            session.ExpectSent("2");                          // a ping
        }
    }
    // end

    public sealed class Announcer : ReceiveActor
    {
        public Announcer(IAkkaChat io) => ReceiveAsync<string>(text => io.To("lobby").EmitAsync("announcement", text));
    }
}
