using AkkaChat.Bench.Measuring;

namespace AkkaChat.Bench.Tests;

public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram _histogram = new();

    [Fact]
    public void An_empty_histogram_has_percentile_zero() => Assert.Equal(0, _histogram.Percentile(0.5));

    [Fact]
    public void Percentiles_are_at_most_two_percent_off()
    {
        for (var value = 1; value <= 100_000; value++)
        {
            _histogram.Record(value * 1_000L);
        }

        Assert.Equal(100_000, _histogram.Count);
        Assert.All(
            new[] { 0.01, 0.5, 0.9, 0.99, 0.999 },
            share => Assert.InRange(_histogram.Percentile(share), share * 1e8, share * 1e8 * 1.02));
    }

    [Fact]
    public void No_percentile_exceeds_the_maximum()
    {
        _histogram.Record(1_000_001);

        Assert.Equal(1_000_001, _histogram.Percentile(1));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(long.MaxValue)]
    public void Any_value_can_be_recorded(long value)
    {
        _histogram.Record(value);

        Assert.Equal(Math.Max(0, value), _histogram.Percentile(1));
    }

    [Fact]
    public void A_cleared_histogram_is_empty()
    {
        _histogram.Record(7);
        _histogram.Clear();

        Assert.Equal(0, _histogram.Count);
        Assert.Equal(0, _histogram.Percentile(1));
    }
}
