using AkkaChat.Host.Accounts;
using AkkaChat.Host.Messages;

namespace AkkaChat.Host.Tests.Messages;

public sealed class MentionedPeopleTests
{
    private static readonly Account[] People = [Named("Ann"), Named("Ann Lee"), Named("Jörg"), Named("x.y")];

    [Theory]
    [InlineData("Hello @Ann!", "Ann")]
    [InlineData("@ann lee and @ANN", "Ann Lee,Ann")]
    [InlineData("(@Jörg) @Jörg", "Jörg")]
    [InlineData("@x.y, please", "x.y")]
    [InlineData("mail@Ann", "")]
    [InlineData("@Annabel @ @@", "")]
    [InlineData("no names", "")]
    public void Names_behind_an_at_sign_are_found_the_longest_first_and_each_once(string text, string named) =>
        Assert.Equal(named, string.Join(',', MentionedPeople.In(text, People) ?? []));

    private static Account Named(string name) => new() { Id = name, Name = name, NameKey = name, Role = SiteRole.Member };
}
