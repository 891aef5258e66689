using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Serialization;
using AkkaChat.Cluster.Specs.Support;
using AkkaChat.Membership;

namespace AkkaChat.Cluster.Specs;

/// <summary>Nothing that reaches the remoting port makes an object of a type that it names (CVE-2025-61765 of another server).</summary>
public sealed class ClosedSerializersSpec : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("closed", ClusterNode.Fast.WithFallback(ClusterDefaults.Akka));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Patience);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Serializers_that_would_are_closed(int id)
    {
        var json = """{"$type":"System.IO.FileInfo, System.IO.FileSystem","fileName":"x"}"""u8.ToArray();

        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize(json, id, typeof(FileInfo)));
    }

    [Theory]
    [InlineData("STF")]
    [InlineData("CF")]
    [InlineData("RORRP")]
    [InlineData("PP")]
    [InlineData("K")]
    public void Remoting_says_who_is_there_and_nothing_else(string manifest) =>
        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], 16, manifest));

    [Fact]
    public void A_failure_with_an_exception_of_any_type_is_not_taken()
    {
        var (bytes, id, manifest) = Write(new Status.Failure(new FileNotFoundException("x")));

        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize(bytes, id, manifest));
    }

    [Fact]
    public void What_has_no_form_on_the_wire_is_an_error_that_names_it()
    {
        var exception = Assert.Throws<SerializationException>(() => Write(new Version(1, 2)));

        Assert.Contains("System.Version has no form on the wire", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nodes_say_to_each_other_all_the_time_still_goes_through()
    {
        var identity = new ActorIdentity("who", _system.DeadLetters);
        var (bytes, id, manifest) = Write(identity);

        Assert.Equal("who", ((ActorIdentity)_system.Serialization.Deserialize(bytes, id, manifest)).MessageId);
        Assert.NotNull(_system.Serialization.FindSerializerForType(typeof(IShardRegionCommand)));
    }

    private (byte[] Bytes, int Id, string Manifest) Write(object message)
    {
        var serializer = _system.Serialization.FindSerializerFor(message);
        return (serializer.ToBinary(message), serializer.Identifier, ((SerializerWithStringManifest)serializer).Manifest(message));
    }
}
