namespace AkkaChat.Cluster.Tests.Simulation;

/// <summary>The guarantees of decision 0003 in random runs; a failure prints its seed and what happened.</summary>
public class OwnershipSimulationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(300)]
    public void Whatever_fails_one_room_has_one_order_and_loses_nothing_that_is_confirmed(int firstSeed)
    {
        var confirmed = 0;
        for (var seed = firstSeed; seed < firstSeed + 100; seed++)
        {
            var result = Chaos.Run(seed);
            Assert.True(result.Broken.Count + result.Stuck.Count == 0, result.ToString());
            confirmed += result.Confirmed;
        }

        Assert.True(confirmed > 100 * 50, $"Only {confirmed} publishes were confirmed in 100 runs.");
    }

    [Fact]
    public void The_runs_reach_the_hard_places()
    {
        var reached = Enumerable.Range(0, 100).SelectMany(seed => Chaos.Run(seed).Reached).ToHashSet();

        string[] hardPlaces =
        [
            "shut out", "step down", "empty place", "Refuse", "Resume", "Ended", "Attending", "Confirmed", "Unknown", "NeverSent",
        ];
        Assert.Empty(hardPlaces.Except(reached));
    }
}
