using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.Api;

/// <summary>The application's own JSON options, over real connections.</summary>
public sealed partial class SerializerTests
{
    [Fact]
    public async Task A_source_generated_context_serves_without_reflection()
    {
        await using var server = await StartAsync(SampleContext.Default.Options);
        var client = await server.JoinAsync();

        await client.SendAsync("""421["swap",{"first_name":"Ann","day":"Monday"},"x"]""");
        await client.ExpectAsync("""42["swapped",{"first_name":"nnA","day":"Friday"},"x",true,null]""", """431[{"first_name":"Ann","day":"Monday"}]""");
    }

    [Fact]
    public async Task A_source_generated_context_carries_binary()
    {
        await using var server = await StartAsync(SampleContext.Default.Options);
        var client = await server.JoinAsync();

        await client.SendBinaryAsync("""451-2["upload",{"content":{"_placeholder":true,"num":0}}]""", [1, 2]);
        await client.ExpectAsync("""461-2[{"content":{"_placeholder":true,"num":0}}]""");
        await client.ExpectBinaryAsync([2, 1]);
    }

    [Fact]
    public async Task With_a_source_generated_context_plain_and_raw_arguments_need_no_mention_in_it()
    {
        await using var server = await StartAsync(SampleContext.Default.Options);
        var client = await server.JoinAsync();

        await client.SendBinaryAsync("""451-["echo",1,{"a":[{"_placeholder":true,"num":0}]}]""", [7]);
        await client.ExpectAsync("""451-["echo",1,{"a":[{"_placeholder":true,"num":0}]}]""");
        await client.ExpectBinaryAsync([7]);
        await server.Io.EmitAsync("plain", 1, 2L, 0.5, 1.5m, false, new byte[] { 8 });
        await client.ExpectAsync("""451-["plain",1,2,0.5,1.5,false,{"_placeholder":true,"num":0}]""");
        await client.ExpectBinaryAsync([8]);
    }

    [Fact]
    public async Task With_a_source_generated_context_clients_still_hear_what_was_wrong()
    {
        await using var server = await StartAsync(SampleContext.Default.Options);
        var client = await server.JoinAsync();

        await client.SendAsync("""423["refuse"]""", """424["swap","not a person"]""");
        await client.ExpectAsync("""433[{"error":"no","code":"why"}]""");
        Assert.Contains("\"code\":\"invalid_arguments\"", await client.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_server_of_a_process_has_options_of_its_own()
    {
        await using var one = await StartAsync(SampleContext.Default.Options);
        await using var other = await StartAsync(null);
        var (snake, camel) = (await one.JoinAsync(), await other.JoinAsync());

        await one.Io.EmitAsync("who", new Person("Ann", DayOfWeek.Monday));
        await other.Io.EmitAsync("who", new Person("Ann", DayOfWeek.Monday));
        await snake.ExpectAsync("""42["who",{"first_name":"Ann","day":"Monday"}]""");
        await camel.ExpectAsync("""42["who",{"firstName":"Ann","day":1}]""");
    }

    private static Task<TestServer> StartAsync(JsonSerializerOptions? json) => TestServer.StartAsync(
        io =>
        {
            io.On("swap", async (Socket socket, Person person, string text) =>
            {
                await socket.EmitAsync("swapped", new Person(new string([.. person.FirstName.Reverse()]), DayOfWeek.Friday), text, true, null);
                return person;
            });
            io.On("upload", (Upload upload) => new Upload([.. upload.Content.Reverse()]));
            io.On("refuse", object () => throw new EventException("no") { Code = "why" });
        },
        options => options.JsonSerializerOptions = json);

    internal sealed record Person(string FirstName, DayOfWeek Day);

    internal sealed record Upload(byte[] Content);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(Upload))]
    internal sealed partial class SampleContext : JsonSerializerContext;
}
