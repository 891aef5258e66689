using System.Reflection;
using AkkaChat.Sessions;

namespace AkkaChat.Tests.Sessions;

public class CloseReasonTests
{
    [Fact]
    public void The_table_is_complete_and_says_what_clients_may_rely_on()
    {
        string[] expected =
        [
            "ClientNamespaceDisconnect: client namespace disconnect, 1000, stay away",
            "ConnectTimeout: connect timeout, 1008, stay away",
            "CredentialsExpired: credentials expired, 1008, come back",
            "ForcedServerClose: forced server close, 1000, stay away",
            "InvalidText: parse error, 1007, stay away",
            "MessageTooLarge: message too large, 1009, stay away",
            "ParseError: parse error, 1002, stay away",
            "PingTimeout: ping timeout, 1001, come back",
            "ServerError: server error, 1011, come back",
            "ServerNamespaceDisconnect: server namespace disconnect, 1000, stay away",
            "ServerShuttingDown: server shutting down, 1001, come back",
            "SlowConsumer: slow consumer, 1008, come back",
            "TransportClose: transport close, 1000, come back",
            "TransportError: transport error, 1002, come back",
        ];

        Assert.Equal(expected, Table().Select(entry => Describe(entry.Name, entry.Reason)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_may_stand_in_a_close_frame_and_every_text_fits_into_one()
    {
        Assert.All(Table(), entry =>
        {
            Assert.InRange(entry.Reason.WebSocketCode, 1000, 1011);
            Assert.DoesNotContain(entry.Reason.WebSocketCode, new[] { 1004, 1005, 1006 });
            Assert.InRange(entry.Reason.Text.Length, 1, 123);
            Assert.Equal(entry.Reason.Text, entry.Reason.ToString());
        });
    }

    private static IEnumerable<(string Name, CloseReason Reason)> Table() =>
        typeof(CloseReason).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.Name, (CloseReason)field.GetValue(null)!));

    private static string Describe(string name, CloseReason reason) =>
        $"{name}: {reason.Text}, {reason.WebSocketCode}, {(reason.ShouldReconnect ? "come back" : "stay away")}";
}
