using AkkaChat.Bench.Measuring;

namespace AkkaChat.Bench.Tests;

public sealed class SequenceCheckerTests
{
    private readonly SequenceChecker _checker = new();

    [Fact]
    public void Numbers_in_order_are_in_order() => Assert.All(Take(0, 1, 2, 3), arrival => Assert.Equal(Arrival.InOrder, arrival));

    [Fact]
    public void A_number_that_was_overtaken_is_late() =>
        Assert.Equal([Arrival.InOrder, Arrival.InOrder, Arrival.Late, Arrival.InOrder], Take(0, 2, 1, 3));

    [Fact]
    public void A_number_that_comes_twice_is_a_duplicate() =>
        Assert.Equal([Arrival.InOrder, Arrival.InOrder, Arrival.Duplicate, Arrival.Duplicate], Take(0, 1, 1, 0));

    [Fact]
    public void A_late_number_that_comes_twice_is_a_duplicate() =>
        Assert.Equal([Arrival.InOrder, Arrival.Late, Arrival.Duplicate], Take(5, 3, 3));

    [Fact]
    public void A_gap_wider_than_the_memory_forgets_what_was_before() =>
        Assert.Equal([Arrival.InOrder, Arrival.InOrder, Arrival.Late], Take(0, 100, 99));

    private List<Arrival> Take(params uint[] numbers) => [.. numbers.Select(_checker.Take)];
}
