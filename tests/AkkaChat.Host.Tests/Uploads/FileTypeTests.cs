using System.Text;
using AkkaChat.Host.Uploads;

namespace AkkaChat.Host.Tests.Uploads;

public sealed class FileTypeTests
{
    [Theory]
    [InlineData("a.pdf", "%PDF-1.7", "application/pdf")]
    [InlineData("a.PDF", "%PDF-1.7", "application/pdf")]
    [InlineData("a.zip", "PK\u0003\u0004", "application/zip")]
    [InlineData("a.mp3", "ID3\u0004", "audio/mpeg")]
    [InlineData("a.ogg", "OggS", "audio/ogg")]
    [InlineData("a.wav", "RIFF....WAVEfmt ", "audio/wav")]
    [InlineData("a.mp4", "....ftypisom", "video/mp4")]
    [InlineData("a.txt", "text", "text/plain; charset=utf-8")]
    [InlineData("a.md", "# text", "text/markdown; charset=utf-8")]
    [InlineData("a.csv", "a,b", "text/csv; charset=utf-8")]
    [InlineData("a.json", "{}", "application/json")]
    public void Name_and_content_together_are_the_type(string name, string content, string type) =>
        Assert.Equal(type, FileType.Of(name, Encoding.Latin1.GetBytes(content))?.MediaType);

    [Theory]
    [InlineData("a.pdf", "<html>")]
    [InlineData("a.png", "<html>")]
    [InlineData("a.zip", "MZ")]
    [InlineData("a.mp3", "text")]
    [InlineData("a.wav", "RIFF....AVI ")]
    [InlineData("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("a.html", "<html>")]
    [InlineData("a.js", "alert(1)")]
    [InlineData("a.exe", "MZ")]
    [InlineData("a.sh", "#!/bin/sh")]
    [InlineData("a.txt.exe", "text")]
    [InlineData("a.docx", "PK\u0003\u0004")]
    [InlineData("a", "text")]
    public void All_else_is_refused(string name, string content) =>
        Assert.Null(FileType.Of(name, Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("pasted")]
    public void An_image_is_what_its_bytes_say(string name) => Assert.Equal("image/webp", FileType.Of(name, Images.LosslessWebP(3, 4))?.MediaType);

    [Theory]
    [InlineData("a.html")]
    [InlineData("a.exe")]
    [InlineData("a.svg")]
    [InlineData("a.txt")]
    public void An_image_by_the_name_of_something_else_is_refused(string name) => Assert.Null(FileType.Of(name, Images.Png(3, 4)));

    [Fact]
    public void An_image_of_more_pixels_than_a_page_can_show_is_refused()
    {
        Assert.NotNull(FileType.Of("a.png", Images.Png(10_000, 10_000)));
        Assert.Null(FileType.Of("a.png", Images.Png(10_000, 10_001)));
        Assert.Null(FileType.Of("a.png", Images.Png(int.MaxValue, int.MaxValue)));
    }

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\ann\\a.txt", "a.txt")]
    [InlineData("..", "file")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("a/", "file")]
    [InlineData("a\r\nb\0.txt", "ab.txt")]
    [InlineData("gpj.\u202Eexe", "gpj.exe")]
    [InlineData("a:b|c?.txt", "a_b_c_.txt")]
    [InlineData(" .bashrc ", "bashrc")]
    public void Names_lose_what_is_no_name(string? given, string name) => Assert.Equal(name, FileName.Read(given));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = FileName.Read(new string('x', 500) + ".png");

        Assert.Equal(120, name.Length);
        Assert.EndsWith("x.png", name, StringComparison.Ordinal);
        Assert.Equal(120, FileName.Read(new string('x', 300) + "." + new string('y', 150)).Length);
    }

    [Theory]
    [InlineData("text\r\n\tÄ €", true)]
    [InlineData("a\0b", false)]
    [InlineData("", true)]
    public async Task Text_has_no_characters_that_no_text_has(string content, bool isText)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));

        Assert.Equal(isText, await TextContent.IsTextAsync(stream, default));
    }

    [Fact]
    public async Task Text_is_UTF8_over_any_length()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('€', 30_000));
        Assert.True(await TextContent.IsTextAsync(new MemoryStream(bytes), default));

        bytes[^1] = (byte)'a';
        Assert.False(await TextContent.IsTextAsync(new MemoryStream(bytes), default));
        Assert.False(await TextContent.IsTextAsync(new MemoryStream([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]), default));
    }
}
