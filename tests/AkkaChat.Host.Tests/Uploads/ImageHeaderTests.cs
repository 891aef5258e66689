using AkkaChat.Host.Uploads;

namespace AkkaChat.Host.Tests.Uploads;

public sealed class ImageHeaderTests
{
    public static TheoryData<string, byte[]> Formats => new()
    {
        { "image/png", Images.Png(640, 480) },
        { "image/gif", Images.Gif(640, 480) },
        { "image/jpeg", Images.Jpeg(640, 480) },
        { "image/jpeg", Images.Jpeg(640, 480, frame: 0xC0) },
        { "image/webp", Images.LossyWebP(640, 480) },
        { "image/webp", Images.LosslessWebP(640, 480) },
        { "image/webp", Images.ExtendedWebP(640, 480) },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_size_is_read(string type, byte[] bytes) =>
        Assert.Equal(new ImageHeader(type, 640, 480), ImageHeader.TryRead(bytes));

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_cut_off_anywhere_is_no_image(string type, byte[] bytes)
    {
        // Behind the size of JPEG, PNG and GIF there are a few bytes that are not looked at.
        var needed = bytes.Length - (type switch { "image/jpeg" => 10, "image/png" => 5, "image/gif" => 3, _ => 0 });

        Assert.All(Enumerable.Range(0, needed), length => Assert.Null(ImageHeader.TryRead(bytes.AsSpan(0, length))));
        Assert.NotNull(ImageHeader.TryRead(bytes.AsSpan(0, needed)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Changed_bytes_throw_nothing_and_never_give_a_size_that_is_none(string type, byte[] bytes)
    {
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var changed = (byte[])bytes.Clone();
            for (var change = 0; change < 4; change++)
            {
                changed[random.Next(Math.Min(changed.Length, 40))] = (byte)random.Next(256);
            }

            var header = ImageHeader.TryRead(changed);
            Assert.True(header is null or { Width: > 0, Height: > 0 }, $"{type}, round {round}");
        }
    }

    [Fact]
    public void A_size_of_nothing_is_no_size()
    {
        Assert.Null(ImageHeader.TryRead(Images.Png(0, 480)));
        Assert.Null(ImageHeader.TryRead(Images.Png(-1, 480)));
        Assert.Null(ImageHeader.TryRead(Images.Gif(640, 0)));
    }

    [Fact]
    public void A_JPEG_whose_segments_lead_nowhere_ends()
    {
        Assert.Null(ImageHeader.TryRead([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xE0, 0, 0]));
        Assert.Null(ImageHeader.TryRead([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0xFF, 0xE0, 0, 0]));
        Assert.Null(ImageHeader.TryRead([0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 100_000)]));
        Assert.Null(ImageHeader.TryRead([0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0xFF, 0xC0, 0, 17, 8, 0, 9, 0, 9, 3]));
    }
}
