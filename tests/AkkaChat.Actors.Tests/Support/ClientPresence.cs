using System.Text.Json.Nodes;

namespace AkkaChat.Tests.Support;

/// <summary>What a client makes of presence events, by the rule of docs/presence.md. Strict: nothing may come twice or be missed.</summary>
internal sealed class ClientPresence
{
    private readonly Dictionary<string, string> _people = new(StringComparer.Ordinal);
    private long _version = -1;

    /// <summary>Takes what has come from the server, in order; what is no presence is passed over.</summary>
    public void Take(IEnumerable<string> messages)
    {
        foreach (var message in messages.Where(message => message.StartsWith("42[\"presence_", StringComparison.Ordinal)))
        {
            var packet = JsonNode.Parse(message[2..])!.AsArray();
            Take((string)packet[0]!, packet[2]!.AsObject(), (long)packet[3]!);
        }
    }

    /// <summary>Keys and how many entries each has.</summary>
    public string[] Show() =>
        [.. _people.Values.CountBy(key => key).OrderBy(person => person.Key, StringComparer.Ordinal).Select(person => $"{person.Key} {person.Value}")];

    private void Take(string name, JsonObject content, long version)
    {
        if (name == "presence_state")
        {
            _people.Clear();
            Join(content);
            _version = version;
            return;
        }

        if (_version >= 0)
        {
            Assert.Equal(_version + 1, version);
            Leave(content["leaves"]!.AsObject());
            Join(content["joins"]!.AsObject());
            _version = version;
        }
    }

    private static IEnumerable<(string Key, string Ref)> EntriesOf(JsonObject people) =>
        from person in people from meta in person.Value!.AsArray() select (person.Key, (string)meta!["ref"]!);

    private void Join(JsonObject people) => Assert.All(EntriesOf(people), entry => Assert.True(_people.TryAdd(entry.Ref, entry.Key)));

    private void Leave(JsonObject people) => Assert.All(EntriesOf(people), entry => Assert.True(_people.Remove(entry.Ref)));
}
