using AkkaChat.Sockets;

namespace AkkaChat.Tests.Sockets;

public class SocketIdTests
{
    [Fact]
    public void V01_a_hundred_thousand_ids_are_all_different_and_have_the_form()
    {
        var incarnation = SocketId.NewIncarnation();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < 100_000; number++)
        {
            var id = SocketId.New(incarnation);
            Assert.True(SocketId.IsId(id));
            Assert.True(ids.Add(id));
        }
    }

    [Fact]
    public void V01_an_id_has_at_least_120_random_bits_evenly_spread()
    {
        const int Samples = 20_000;
        var incarnation = SocketId.NewIncarnation();
        var random = new int[22][];
        for (var place = 0; place < random.Length; place++)
        {
            random[place] = new int[128];
        }

        for (var number = 0; number < Samples; number++)
        {
            var id = SocketId.New(incarnation);
            for (var place = 0; place < random.Length; place++)
            {
                random[place][id[SocketId.IncarnationLength + 1 + place]]++;
            }
        }

        // Each of 64 characters at each of 22 places: 132 bits. Six standard deviations are never reached by chance.
        var expected = Samples / 64.0;
        var slack = 6 * Math.Sqrt(expected);
        Assert.All(random, counts => Assert.Equal(64, counts.Count(count => count > 0)));
        Assert.All(random, counts => Assert.All(
            counts.Where(count => count > 0), count => Assert.InRange(count, expected - slack, expected + slack)));
    }

    [Fact]
    public void Ids_begin_with_the_incarnation_and_those_of_two_runs_differ()
    {
        var incarnation = SocketId.NewIncarnation();

        Assert.Equal(SocketId.IncarnationLength, incarnation.Length);
        Assert.StartsWith(incarnation + "~", SocketId.New(incarnation));
        Assert.NotEqual(incarnation, SocketId.NewIncarnation());
    }

    [Theory]
    [InlineData("")]
    [InlineData("room")]
    [InlineData("abcdefgh~0123456789012345678901x")]
    [InlineData("abcdefgh~012345678901234567890")]
    [InlineData("abcdefgh-0123456789012345678901")]
    [InlineData("abcdefg.~0123456789012345678901")]
    [InlineData("abcdefgh~01234567890123456789é1")]
    [InlineData("abcdefgh~01234567890123456789 1")]
    public void Other_texts_are_no_ids(string text) => Assert.False(SocketId.IsId(text));

    [Fact]
    public void The_form_counts_whoever_made_it() => Assert.True(SocketId.IsId("abcdefgh~0123456789012345678_-1"[..31]));
}
