using AkkaChat.Host.Chat;

namespace AkkaChat.Host.Tests.Chat;

public sealed class RecentMessagesTests
{
    private int _number;

    [Fact]
    public void A_message_sent_again_is_the_same_message()
    {
        var recent = new RecentMessages(10);
        Assert.Same(recent.Take("ana", "k1", Next), recent.Take("ana", "k1", Next));
        Assert.NotSame(recent.Take("ana", "k1", Next), recent.Take("ana", "k2", Next));
        Assert.NotSame(recent.Take("ana", "k1", Next), recent.Take("ben", "k1", Next));
        Assert.NotSame(recent.Take("ana", null, Next), recent.Take("ana", null, Next));
    }

    [Fact]
    public void Only_so_many_are_remembered_and_the_oldest_is_forgotten_first()
    {
        var recent = new RecentMessages(2);
        var first = recent.Take("ana", "k1", Next);
        var second = recent.Take("ana", "k2", Next);
        recent.Take("ana", "k3", Next);
        Assert.Same(second, recent.Take("ana", "k2", Next));
        Assert.NotSame(first, recent.Take("ana", "k1", Next));
    }

    private RecentMessages.Entry Next() => new($"m{++_number}", 0);
}
