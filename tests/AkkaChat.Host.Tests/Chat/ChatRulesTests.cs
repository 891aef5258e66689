using AkkaChat.Host.Chat;

namespace AkkaChat.Host.Tests.Chat;

public sealed class ChatRulesTests
{
    [Theory]
    [InlineData("Ana", "Ana")]
    [InlineData("  Ana Lind ", "Ana Lind")]
    [InlineData("Jose\u0301", "Jos\u00e9")]
    [InlineData("\u5343\u5c0b", "\u5343\u5c0b")]
    [InlineData("\U0001F469\u200d\U0001F680", "\U0001F469\u200d\U0001F680")]
    public void A_name_is_kept_trimmed_and_composed(string typed, string kept) =>
        Assert.Equal(kept, ChatRules.ReadName(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("Ana\u200b")] // zero width space: would look like Ana
    [InlineData("a\u202eb")] // right-to-left override
    [InlineData("\u200d")] // a joiner joins something, alone it is nothing
    public void A_name_must_be_visible_and_in_one_line(string? typed) => Assert.Null(ChatRules.ReadName(typed));

    [Theory]
    [InlineData("Ad\u3164min")]
    [InlineData("\u3164\u3164")]
    [InlineData("\u115f\u1160")]
    [InlineData("\uffa0\uffa0")]
    [InlineData("\u034f\u034f")] // a mark that joins graphemes and is not seen
    [InlineData("\ufe0f\ufe0f")] // chooses the look of what stands before it
    public void Letters_and_marks_that_nobody_sees_make_no_name(string typed) => Assert.Null(ChatRules.ReadName(typed));

    [Theory]
    [InlineData("Admin", "ad\u200dmin")]
    [InlineData("Admin", "\uff21dm\u200cin")]
    [InlineData("Admin", "Adm\u034fin")]
    [InlineData("Admin", "Admin\ufe0f")]
    [InlineData("Admin", "Admin\U000e0101")]
    public void Names_that_look_the_same_are_the_same(string one, string other) => Assert.Equal(ChatRules.KeyOf(one), ChatRules.KeyOf(other));

    [Fact]
    public void What_not_every_database_keeps_is_nothing_that_can_be_said_or_be_a_name()
    {
        foreach (var text in (string[])["a\0b", "a\ud83d", "\ude00a"])
        {
            Assert.False(ChatRules.IsText(text, hasFiles: false));
            Assert.False(ChatRules.IsText(text, hasFiles: true));
            Assert.Null(ChatRules.ReadKey(text));
            Assert.Null(ChatRules.ReadName(text));
            Assert.Null(ChatRules.ReadRoom(text));
            Assert.Null(ChatRules.ReadTopic(text));
        }

        Assert.True(ChatRules.IsText("a\u0001 😀", hasFiles: false));
    }

    [Fact]
    public void Names_rooms_and_texts_have_limits()
    {
        Assert.NotNull(ChatRules.ReadName(new string('x', 32)));
        Assert.Null(ChatRules.ReadName(new string('x', 33)));
        Assert.NotNull(ChatRules.ReadRoom(new string('x', 64)));
        Assert.Null(ChatRules.ReadRoom(new string('x', 65)));
        Assert.Null(ChatRules.ReadRoom(new string(' ', 1_000_000)));
        Assert.True(ChatRules.IsText(new string('x', 4000), hasFiles: false));
        Assert.False(ChatRules.IsText(new string('x', 4001), hasFiles: true));
        Assert.False(ChatRules.IsText(" \n ", hasFiles: false));
        Assert.False(ChatRules.IsText(null, hasFiles: false));
        Assert.True(ChatRules.IsText(null, hasFiles: true));
    }

    [Theory]
    [InlineData("👍", true)]
    [InlineData("👍🏽", true)]
    [InlineData("👩‍🚀", true)]
    [InlineData("🇩🇪", true)]
    [InlineData("❤️", true)]
    [InlineData("1️⃣", true)]
    [InlineData("1", false)]
    [InlineData("ok", false)]
    [InlineData("<b>", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_reaction_is_a_picture_and_no_word(string? typed, bool isEmoji) => Assert.Equal(isEmoji, ChatRules.IsEmoji(typed));
}
