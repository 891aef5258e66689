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

    [Fact]
    public void Names_rooms_and_texts_have_limits()
    {
        Assert.NotNull(ChatRules.ReadName(new string('x', 32)));
        Assert.Null(ChatRules.ReadName(new string('x', 33)));
        Assert.NotNull(ChatRules.ReadRoom(new string('x', 64)));
        Assert.Null(ChatRules.ReadRoom(new string('x', 65)));
        Assert.Null(ChatRules.ReadRoom(new string(' ', 1_000_000)));
        Assert.True(ChatRules.IsText(new string('x', 4000)));
        Assert.False(ChatRules.IsText(new string('x', 4001)));
        Assert.False(ChatRules.IsText(" \n "));
        Assert.False(ChatRules.IsText(null));
    }

    [Fact]
    public void A_client_id_that_could_be_guessed_counts_as_none()
    {
        Assert.Null(ChatRules.ReadClientId("short"));
        Assert.Null(ChatRules.ReadClientId(new string('0', 65)));
        Assert.NotNull(ChatRules.ReadClientId(new string('0', 32)));
    }
}
