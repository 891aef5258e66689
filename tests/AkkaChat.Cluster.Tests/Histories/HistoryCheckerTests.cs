namespace AkkaChat.Cluster.Tests.Histories;

/// <summary>The checker accepts what the guarantees allow, and says what they don't.</summary>
public class HistoryCheckerTests
{
    private const int Window = 1;

    private readonly RoomHistory _history = new();

    [Fact]
    public void Views_that_are_parts_of_one_list_are_fine()
    {
        Clients("alice", "bob");
        Publish("1", "2", "3");
        Deliver("alice", "1", "2", "3");
        Clients("carol");
        Deliver("bob", "1", "2", "3");
        Publish("4");
        Deliver("alice", "4");
        Deliver("bob", "4");
        Deliver("carol", "4");

        Assert.Empty(Check());
    }

    [Fact]
    public void Two_orders_are_found()
    {
        Clients("alice", "bob");
        Publish("1", "2", "3");
        Deliver("alice", "1", "2", "3");
        Deliver("bob", "1", "3", "2");

        Assert.NotEmpty(Check());
    }

    [Fact]
    public void An_order_that_only_three_views_together_contradict_is_found()
    {
        Clients("alice", "bob", "carol");
        Publish("1", "2", "3");
        Deliver("alice", "1", "2");
        Deliver("bob", "2", "3");
        Deliver("carol", "3", "1");

        Assert.Contains("the order goes in a circle", Check());
    }

    [Fact]
    public void A_hole_is_found()
    {
        Clients("alice", "bob");
        Publish("1", "2", "3");
        Deliver("alice", "1", "2", "3");
        Deliver("bob", "1", "3");

        Assert.NotEmpty(Check());
    }

    [Fact]
    public void A_repetition_is_found()
    {
        Clients("alice");
        Publish("1");
        Deliver("alice", "1", "1");

        Assert.Contains("alice got 1 twice", Check());
    }

    [Fact]
    public void A_publisher_whose_own_order_is_not_kept_is_found()
    {
        Clients("alice");
        Publish("1", "2");
        Deliver("alice", "2", "1");

        Assert.Single(Check());
    }

    [Fact]
    public void A_confirmed_publish_that_a_member_never_got_is_found()
    {
        Clients("alice");
        Publish("1");
        _history.Settle("1", RoomHistory.Outcome.Confirmed);

        Assert.Single(Check());
        _history.Lose("node");
        Assert.Empty(Check());
    }

    [Fact]
    public void A_publish_that_never_left_its_node_must_not_appear()
    {
        Clients("alice");
        Publish("1");
        _history.Settle("1", RoomHistory.Outcome.NeverSent);
        Deliver("alice", "1");

        Assert.Single(Check());
    }

    [Fact]
    public void Views_that_end_differently_are_found()
    {
        Clients("alice", "bob");
        Publish("1", "2");
        Deliver("alice", "1", "2");
        Deliver("bob", "1");

        Assert.Single(Check());
    }

    [Fact]
    public void A_lost_node_may_have_seen_an_end_of_its_own_but_no_longer_than_the_window()
    {
        Clients("alice");
        _history.Join("eve", "lost");
        _history.Lose("lost");
        Publish("1", "2", "3", "4");
        Deliver("alice", "1", "2");
        Deliver("eve", "1", "3");
        Assert.Empty(Check());

        Deliver("eve", "4");
        Assert.Single(Check());
    }

    private IReadOnlyList<string> Check() => HistoryChecker.Check(_history, Window);

    private void Clients(params string[] clients) => Array.ForEach(clients, client => _history.Join(client, "node"));

    private void Publish(params string[] contents) =>
        Array.ForEach(contents, content => _history.Publish(content, "node", "publisher", _history.Publishes.Count));

    private void Deliver(string client, params string[] contents) => Array.ForEach(contents, content => _history.Deliver(client, content));
}
