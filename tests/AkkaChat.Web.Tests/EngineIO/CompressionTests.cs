using System.IO.Compression;
using System.Text;
using AkkaChat.Web.Tests.Support;

namespace AkkaChat.Web.Tests.EngineIO;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("gzip;q=0.2, br;q=0.5, deflate;q=0.3", "br")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("*", "br")]
    public async Task A_long_answer_is_compressed_as_the_client_likes_best(string accepted, string expected)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await PollAsync(server, 2000, accepted);
        Assert.Equal(expected, response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = Decompress(expected, await response.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(body, Encoding.UTF8);
        Assert.Equal("4" + new string('x', 1999), await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip;q=0, br;q=0, deflate;q=0")]
    [InlineData("*;q=0")]
    [InlineData("zstd")]
    [InlineData("gzip;q=many")]
    public async Task Who_takes_no_known_encoding_gets_none(string accepted)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await PollAsync(server, 2000, accepted);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(2000, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    public async Task Compression_begins_at_the_threshold(int size, bool isCompressed)
    {
        await using var server = await TestServer.StartAsync(settings: ("http-compression.threshold", "300"));

        using var response = await PollAsync(server, size, "gzip");
        Assert.Equal(isCompressed, response.Content.Headers.ContentEncoding.Count > 0);
    }

    [Fact]
    public async Task Compression_can_be_turned_off()
    {
        await using var server = await TestServer.StartAsync(settings: ("http-compression.enabled", "off"));

        using var response = await PollAsync(server, 20_000, "gzip");
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private static async Task<HttpResponseMessage> PollAsync(TestServer server, int size, string accepted)
    {
        var client = await server.OpenPollingAsync(TestServer.Echo);
        await client.SendAsync("4" + new string('x', size - 1));
        return await client.PollAsync(("Accept-Encoding", accepted));
    }

    private static Stream Decompress(string encoding, Stream body) => encoding switch
    {
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        _ => new ZLibStream(body, CompressionMode.Decompress),
    };
}
