using System.IO.Compression;
using System.Net;
using System.Text;
using AkkaChat.Settings;
using AkkaChat.Web.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests;

/// <summary>The browser client that the server serves.</summary>
public sealed class ClientFilesTests : IAsyncLifetime
{
    private const string Script = "socket.io/socket.io.js";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    private readonly List<WebApplication> _servers = [];

    public static TheoryData<string> FileNames => [.. ClientPackage.FileNames];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public async Task Each_file_is_served_with_its_type_and_the_version_as_its_tag(string name)
    {
        var root = await ServeAsync();
        using var response = await Http.GetAsync(new Uri(root, "socket.io/" + name));
        var type = name.EndsWith(".map", StringComparison.Ordinal) ? "application/json" : "application/javascript";

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{type}; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal($"\"{Embedded.Version}\"", response.Headers.ETag?.ToString());
        Assert.Equal("public, max-age=0", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(Embedded.Find(name)!.In(null).ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_version_is_that_of_the_script()
    {
        var root = await ServeAsync();
        var script = await Http.GetStringAsync(new Uri(root, Script + "?buster=1"));

        Assert.Contains($" * Socket.IO v{Embedded.Version}\n", script);
    }

    [Theory]
    [InlineData("socket.io/Socket.IO.js")]
    [InlineData("socket.io/socket.io.js/")]
    [InlineData("socket.io/socket.io.esm.js")]
    [InlineData("socket.io/socket.io.js.gz")]
    [InlineData("socket.io/package.json")]
    [InlineData("socket.io.js")]
    public async Task No_other_name_is_served(string path)
    {
        var root = await ServeAsync();
        using var response = await Http.GetAsync(new Uri(root, path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("W/\"{0}\"")]
    [InlineData("\"1.0.0\", W/\"{0}\"")]
    [InlineData("*")]
    public async Task A_version_that_the_browser_has_is_not_sent_again(string known)
    {
        var root = await ServeAsync();
        using var response = await GetAsync(root, ("If-None-Match", string.Format(known, Embedded.Version)));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal($"\"{Embedded.Version}\"", response.Headers.ETag?.ToString());
        Assert.Equal("public, max-age=0", response.Headers.CacheControl?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("\"1.0.0\"")]
    [InlineData("W/\"1.0.0\"")]
    [InlineData("no tag at all")]
    public async Task Another_version_is_replaced(string known)
    {
        var root = await ServeAsync();
        using var response = await GetAsync(root, ("If-None-Match", known));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0.1, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    public async Task The_file_is_compressed_as_the_browser_likes(string accepted, string expected)
    {
        var root = await ServeAsync();
        using var response = await GetAsync(root, ("Accept-Encoding", accepted));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal([expected], response.Content.Headers.ContentEncoding);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(Embedded.Find("socket.io.js")!.In(null).ToArray(), await DecompressAsync(expected, body));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("zstd")]
    [InlineData("gzip;q=0")]
    public async Task It_is_sent_as_it_is_to_who_takes_none_of_these(string accepted)
    {
        var root = await ServeAsync();
        using var response = await GetAsync(root, ("Accept-Encoding", accepted));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(Embedded.Find("socket.io.js")!.In(null).Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_file_is_compressed_once()
    {
        var file = new ClientFile("socket.io.js", Encoding.UTF8.GetBytes(new string('x', 10_000)));
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => file.In("br"))));

        Assert.All(copies, copy => Assert.True(copy.Equals(copies[0])));
    }

    [Fact]
    public async Task HEAD_gives_the_headers_of_GET_alone()
    {
        var root = await ServeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(root, Script));
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Embedded.Find("socket.io.js")!.In(null).Length, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_refused(string method)
    {
        var root = await ServeAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(root, Script));
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task A_page_of_any_origin_may_load_the_script_but_only_listed_ones_may_read_it()
    {
        var root = await ServeAsync("https://good.example");
        using var listed = await GetAsync(root, ("Origin", "https://good.example"));
        using var other = await GetAsync(root, ("Origin", "https://evil.example"));
        using var none = await GetAsync(root);

        Assert.Equal("https://good.example", Header(listed, "Access-Control-Allow-Origin"));
        Assert.Null(Header(other, "Access-Control-Allow-Origin"));
        Assert.Null(Header(none, "Access-Control-Allow-Origin"));
        Assert.All([listed, other, none], response =>
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Single(response.Headers.Vary, value => value == "Origin");
        });
    }

    [Fact]
    public async Task A_304_says_too_which_origin_may_read_it()
    {
        var root = await ServeAsync("*");
        using var response = await GetAsync(root, ("Origin", "https://a.example"), ("If-None-Match", $"\"{Embedded.Version}\""));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_listed_origin_may_ask_before()
    {
        var root = await ServeAsync("https://good.example");
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(root, Script));
        request.Headers.Add("Origin", "https://good.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("https://good.example", Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public async Task A_build_without_the_client_says_so(string name)
    {
        var root = await ServeAsync(ClientPackage.Load(typeof(ClientFilesTests).Assembly));
        using var response = await Http.GetAsync(new Uri(root, "socket.io/" + name));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Null(response.Headers.ETag);
        Assert.Contains("Install Node.js 20", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.NotFound)]
    public async Task MapAkkaChat_serves_it_at_its_own_path_unless_told_not_to(bool serves, HttpStatusCode expected)
    {
        var builder = NewBuilder();
        builder.AddAkkaChat(options => (options.Path, options.ServeClient) = ("/deep/chat/", serves));
        var root = await StartAsync(builder.Build(), app => app.MapAkkaChat());
        using var response = await Http.GetAsync(new Uri(root, "deep/chat/socket.io.min.js"));

        Assert.Equal(expected, response.StatusCode);
    }

    private static ClientPackage Embedded { get; } = ClientPackage.Load(typeof(ClientPackage).Assembly);

    private Task<Uri> ServeAsync(params string[] origins) => ServeAsync(Embedded, origins);

    private Task<Uri> ServeAsync(ClientPackage package, params string[] origins) =>
        StartAsync(NewBuilder().Build(), app =>
            ClientFiles.Map(app, "/socket.io/", new OriginPolicy(new CorsSettings(origins, Credentials: false)), package));

    private static WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    private async Task<Uri> StartAsync(WebApplication app, Action<WebApplication> map)
    {
        _servers.Add(app);
        map(app);
        await app.StartAsync();
        return new Uri(app.Urls.Single());
    }

    private async Task<HttpResponseMessage> GetAsync(Uri root, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, Script));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static async Task<byte[]> DecompressAsync(string encoding, byte[] body)
    {
        using var source = new MemoryStream(body);
        await using Stream decompressor = encoding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => new ZLibStream(source, CompressionMode.Decompress),
        };
        using var target = new MemoryStream();
        await decompressor.CopyToAsync(target);
        return target.ToArray();
    }
}
