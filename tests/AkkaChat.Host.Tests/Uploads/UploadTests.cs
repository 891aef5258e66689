using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AkkaChat.Host.Tests.Support;
using AkkaChat.Host.Uploads;
using AkkaChat.Stores.Tests.Support;

namespace AkkaChat.Host.Tests.Uploads;

/// <summary>Files, in and out by HTTP.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private const int Limit = 64 << 10;

    private ChatSite _site = null!;
    private Visitor _ann = null!;
    private Visitor _ben = null!;

    public async Task InitializeAsync()
    {
        _site = await ChatSite.StartAsync(new() { ["Chat:UploadBytes"] = $"{Limit}", ["Chat:UploadBytesPerDay"] = $"{4 * Limit}" });
        _ann = await _site.RegisterAsync("Ann");
        _ben = await _site.RegisterAsync("Ben");
    }

    public Task DisposeAsync() => _site.DisposeAsync().AsTask();

    [Fact]
    public async Task An_image_is_shown_and_nothing_in_it_can_run()
    {
        var file = await UploadAsync("cat 1.png", Images.Png(640, 480));
        Assert.Equal(("cat 1.png", "image/png"), (file.GetProperty("name").GetString(), file.GetProperty("type").GetString()));
        Assert.Equal((640, 480), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));

        var answer = await _ann.GetAsync(UrlOf(file));

        Assert.Equal(Images.Png(640, 480), answer.Content);
        var (headers, content) = (answer.Response.Headers, answer.Response.Content.Headers);
        Assert.Equal("image/png", content.ContentType!.ToString());
        Assert.Null(content.ContentDisposition);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(headers.GetValues("Content-Security-Policy")));
        Assert.True(headers.CacheControl!.Private);
    }

    [Fact]
    public async Task All_other_files_are_attachments()
    {
        var file = await UploadAsync("Grüße.txt", "<script>alert(1)</script>"u8.ToArray());

        var content = (await _ann.GetAsync(UrlOf(file))).Response.Content.Headers;

        Assert.Equal("attachment", content.ContentDisposition!.DispositionType);
        Assert.Equal("Grüße.txt", content.ContentDisposition.FileNameStar);
        Assert.Equal("text/plain; charset=utf-8", content.ContentType!.ToString());
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_for()
    {
        var file = await UploadAsync("a.txt", "0123456789"u8.ToArray());
        var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(file)) { Headers = { Range = new RangeHeaderValue(2, 4) } };

        var answer = await _ann.SendAsync(request);

        Assert.Equal((HttpStatusCode.PartialContent, "234"), (answer.Status, System.Text.Encoding.UTF8.GetString(answer.Content)));
    }

    [Theory]
    [InlineData("a.png", "<html><script>alert(1)</script></html>")]
    [InlineData("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("a.html", "<html></html>")]
    [InlineData("a.exe", "MZ")]
    [InlineData("a.txt", "M\0Z")]
    public async Task A_file_that_is_not_what_it_says_or_nothing_that_is_taken_leaves_nothing_behind(string name, string content)
    {
        (await _ann.UploadAsync(name, System.Text.Encoding.UTF8.GetBytes(content)))
            .IsRefused(HttpStatusCode.UnsupportedMediaType, "type_refused");

        Assert.Empty(StoredFiles());
    }

    [Fact]
    public async Task An_empty_file_is_refused() => (await _ann.UploadAsync("a.txt", [])).IsRefused(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task A_file_of_the_largest_size_is_taken_and_one_byte_more_is_not()
    {
        await UploadAsync("a.txt", Text(Limit));

        (await _ann.UploadAsync("b.txt", Text(Limit + 1))).IsRefused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        Assert.Single(StoredFiles());
    }

    [Fact]
    public async Task A_body_without_a_length_is_cut_off_where_it_becomes_too_large()
    {
        var body = new EndlessText();

        var receiver = _site.Service<UploadReceiver>();
        var account = await _site.Service<Host.Accounts.AccountStore>().FindAsync(_ann.Id);
        var outcome = await receiver.ReceiveAsync(account!, "a.txt", null, body, default);

        Assert.Equal("too_large", outcome.Refusal?.Code);
        Assert.InRange(body.Given, Limit, Limit + 1000);
        Assert.Empty(StoredFiles());
    }

    [Fact]
    public async Task A_client_that_breaks_off_leaves_nothing_behind()
    {
        var receiver = _site.Service<UploadReceiver>();
        var account = await _site.Service<Host.Accounts.AccountStore>().FindAsync(_ann.Id);

        await Assert.ThrowsAsync<IOException>(() => receiver.ReceiveAsync(account!, "a.txt", null, new EndlessText(failAfter: 5000), default));

        Assert.Empty(StoredFiles());
    }

    [Fact]
    public async Task Within_a_day_one_person_uploads_so_much_and_no_more()
    {
        for (var number = 0; number < 3; number++)
        {
            await UploadAsync($"{number}.txt", Text(Limit));
        }

        await UploadAsync("small files count too.txt", "a"u8.ToArray());
        (await _ann.UploadAsync("b.txt", "b"u8.ToArray())).IsRefused(HttpStatusCode.TooManyRequests, "too_many");
        Assert.Equal(4, StoredFiles().Length);
        (await _ben.UploadAsync("b.txt", "b"u8.ToArray())).IsOk();

        _site.Clock.Advance(TimeSpan.FromDays(1));
        await UploadAsync("b.txt", "b"u8.ToArray());
    }

    [Fact]
    public async Task A_name_with_a_path_is_a_name_in_no_path()
    {
        var file = await UploadAsync("../../../chat.db.txt", "text"u8.ToArray());

        Assert.Equal("chat.db.txt", file.GetProperty("name").GetString());
        Assert.Equal(file.GetProperty("id").GetString(), Path.GetFileName(Assert.Single(StoredFiles())));
        foreach (var path in (string[])["/files/..%2F..%2Fchat.db/chat.db", "/files/../chat.db/x", $"/files/{file.GetProperty("id").GetString()}/..%2Fchat.db"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _ann.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task A_file_is_read_by_who_has_uploaded_it_and_by_members_of_its_room()
    {
        var file = await UploadAsync("a.txt", "secret"u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, (await _ben.GetAsync(UrlOf(file))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _site.Visit().GetAsync(UrlOf(file))).Status);

        await _site.ExecuteAsync("INSERT INTO members (room_id, account_id, role, joined_at) VALUES ('r', @Id, 'member', 0)", new { _ben.Id });
        Assert.Equal(HttpStatusCode.NotFound, (await _ben.GetAsync(UrlOf(file))).Status);
        await CarryAsync(file, "r");
        Assert.Equal("secret"u8.ToArray(), (await _ben.GetAsync(UrlOf(file))).Content);

        await _site.ExecuteAsync("DELETE FROM members WHERE account_id = @Id", new { _ben.Id });
        Assert.Equal(HttpStatusCode.NotFound, (await _ben.GetAsync(UrlOf(file))).Status);
        (await _ann.GetAsync(UrlOf(file))).Response.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_file_that_no_message_carries_is_gone_after_a_day()
    {
        var forgotten = await UploadAsync("a.txt", "text"u8.ToArray());
        var carried = await UploadAsync("b.txt", "text"u8.ToArray());
        await CarryAsync(carried, "r");

        Assert.Empty(await _site.Service<UploadStore>().DeleteForgottenAsync());

        _site.Clock.Advance(TimeSpan.FromHours(25));

        await Eventually.TrueAsync(() => Task.FromResult(StoredFiles().Length == 1));
        Assert.Equal(carried.GetProperty("id").GetString(), Path.GetFileName(Assert.Single(StoredFiles())));
        Assert.Equal(HttpStatusCode.NotFound, (await _ann.GetAsync(UrlOf(forgotten))).Status);
    }

    private static byte[] Text(int length) => [.. Enumerable.Repeat((byte)'a', length)];

    private static string UrlOf(JsonElement file) => file.GetProperty("url").GetString()!;

    /// <summary>As a message does that carries the file.</summary>
    private Task CarryAsync(JsonElement file, string room) => _site.ExecuteAsync(
        "UPDATE uploads SET room_id = @room WHERE id = @id", new { room, id = file.GetProperty("id").GetString() });

    private async Task<JsonElement> UploadAsync(string name, byte[] content) =>
        (await _ann.UploadAsync(name, content)).IsOk().GetProperty("file");

    private string[] StoredFiles() =>
        Directory.Exists(_site.UploadFolder) ? Directory.GetFiles(_site.UploadFolder, "*", SearchOption.AllDirectories) : [];

    /// <summary>A client that never stops sending, or breaks off.</summary>
    private sealed class EndlessText(long failAfter = long.MaxValue) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Given >= failAfter)
            {
                throw new IOException("The client is gone.");
            }

            var length = Math.Min(buffer.Length, 1000);
            buffer.Span[..length].Fill((byte)'a');
            Given += length;
            return ValueTask.FromResult(length);
        }
    }
}
