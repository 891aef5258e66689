using System.Collections.Concurrent;
using AkkaChat.Logs.Clustered;
using AkkaChat.Protocol;
using AkkaChat.Stores;
using AkkaChat.Tests.Support;
using Packets = AkkaChat.Tests.Support.Wire;

namespace AkkaChat.Cluster.Tests.Logs;

/// <summary>What a socket gets by its place in a log, whatever way and order messages come.</summary>
public class LogPlaceTests
{
    private static readonly RoomLogKey Lobby = new("/", "lobby");

    private readonly ConcurrentQueue<string> _received = new();
    private readonly TestLog _log = new();

    [Fact]
    public async Task What_follows_is_given_at_once_and_what_was_had_is_not()
    {
        var place = Place();
        _log.Store("1", "2", "3");
        place.Begin(_log.At(1), [_log.Packet(1)]);

        Deliver(place, 1, 2, 2, 3, 1, 3);

        Assert.Equal(["1", "2", "3"], await ReceivedAsync(3));
        Assert.Equal(0, _log.Reads);
    }

    [Fact]
    public async Task What_comes_before_the_socket_is_in_waits_for_that()
    {
        var place = Place();
        _log.Store("1", "2", "3");
        Deliver(place, 1, 2, 3);
        Assert.Empty(_received);

        place.Begin(_log.At(2), [_log.Packet(2)]);

        Assert.Equal(["2", "3"], await ReceivedAsync(2));
        Assert.Equal(0, _log.Reads);
    }

    [Fact]
    public async Task What_is_missing_is_read_from_the_log_before_what_follows_it()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store("1", "2", "3", "4");

        Deliver(place, 3, 4);

        Assert.Equal(["1", "2", "3", "4"], await ReceivedAsync(4));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_tried_again_and_meanwhile_nothing_is_given()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store("1", "2");
        _log.IsAway = true;
        Deliver(place, 2);
        await Limit.WaitUntil(() => _log.Reads > 0);
        Assert.Empty(_received);

        _log.IsAway = false;

        Assert.Equal(["1", "2"], await ReceivedAsync(2));
    }

    [Fact]
    public async Task A_look_finds_what_the_room_was_never_told()
    {
        var place = Place();
        _log.Store("1", "2", "3");
        place.Begin(_log.At(1), []);

        place.Check();

        Assert.Equal(["2", "3"], await ReceivedAsync(2));
    }

    [Fact]
    public async Task A_look_does_not_hold_up_what_follows()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store("1", "2", "3");
        _log.IsAway = true;
        place.Check();

        Deliver(place, 1, 3, 2);

        Assert.Equal(["1", "2", "3"], _received);
        _log.IsAway = false;
        Assert.Equal(["1", "2", "3"], await ReceivedAsync(3));
    }

    [Fact]
    public async Task A_look_at_a_log_that_cannot_be_read_is_made_again()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store("1");
        _log.IsAway = true;
        place.Check();
        await Limit.WaitUntil(() => _log.Reads > 1);

        _log.IsAway = false;

        Assert.Equal(["1"], await ReceivedAsync(1));
    }

    [Fact]
    public async Task A_look_that_was_wanted_before_the_socket_was_in_is_made_then()
    {
        var place = Place();
        place.Check();
        _log.Store("1");

        place.Begin(_log.At(0), []);

        Assert.Equal(["1"], await ReceivedAsync(1));
    }

    [Fact]
    public async Task A_new_epoch_is_followed_from_its_beginning_and_what_is_left_of_the_old_one_is_not_given()
    {
        var place = Place();
        _log.Store("1", "2", "3");
        place.Begin(_log.At(1), []);
        var late = _log.Packet(3);
        var of = _log.At(3);
        _log.Restart("second");
        _log.Store("a", "b");

        Deliver(place, 2);
        place.Deliver(of, late);
        Assert.Equal(["a", "b"], await ReceivedAsync(2));
        place.Deliver(of, late);
        _log.Store("c");
        Deliver(place, 3);

        Assert.Equal(["a", "b", "c"], await ReceivedAsync(3));
    }

    [Fact]
    public async Task What_was_trimmed_is_passed_over()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store("1", "2", "3");
        _log.Trim(2);

        Deliver(place, 3);

        Assert.Equal(["3"], await ReceivedAsync(1));
    }

    [Fact]
    public async Task More_than_may_wait_is_read_from_the_log()
    {
        var place = Place();
        place.Begin(_log.At(0), []);
        _log.Store([.. Enumerable.Range(1, 1000).Select(number => $"{number}")]);
        _log.IsAway = true;

        Deliver(place, [.. Enumerable.Range(2, 999)]);
        _log.IsAway = false;

        Assert.Equal(Enumerable.Range(1, 1000).Select(number => $"{number}"), await ReceivedAsync(1000));
    }

    [Fact]
    public async Task Who_has_left_gets_nothing_more()
    {
        var place = Place();
        _log.Store("1");
        place.End();

        place.Begin(_log.At(0), [_log.Packet(1)]);
        Deliver(place, 1);
        place.Check();
        await Task.Yield();

        Assert.Empty(_received);
    }

    [Fact]
    public async Task Many_that_miss_the_same_cost_few_reads()
    {
        var reads = Reads();
        LogPlace[] places = [.. Enumerable.Range(0, 200).Select(_ => new LogPlace(Lobby, Receive, reads))];
        Array.ForEach(places, place => place.Begin(_log.At(0), []));
        _log.Store("1");

        Array.ForEach(places, place => place.Check());

        await ReceivedAsync(200);
        Assert.InRange(_log.Reads, 1, 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_lost_doubled_or_late_all_is_given_once_and_in_order(int seed)
    {
        const int Messages = 400;
        var random = new Random(seed);
        var place = Place();
        place.Begin(_log.At(0), []);
        for (var number = 1; number <= Messages; number++)
        {
            _log.Store($"{number}");
            _log.IsAway = random.Next(10) == 0;
            if (random.Next(4) > 0)
            {
                Deliver(place, Math.Max(1, number - random.Next(3)));
            }

            if (random.Next(5) == 0)
            {
                await Task.Yield();
            }
        }

        _log.IsAway = false;
        place.Check();

        Assert.Equal(Enumerable.Range(1, Messages).Select(number => $"{number}"), await ReceivedAsync(Messages));
    }

    private LogPlace Place() => new(Lobby, Receive, Reads());

    private SharedReads Reads() => new(_log.ReadAsync, (_, _) => { }, TimeProvider.System);

    private void Receive(WirePacket packet) => _received.Enqueue(Packets.Read(packet)[0][1..]);

    private void Deliver(LogPlace place, params int[] offsets)
    {
        foreach (var offset in offsets)
        {
            place.Deliver(_log.At(offset), _log.Packet(offset));
        }
    }

    private async Task<string[]> ReceivedAsync(int count)
    {
        await Limit.WaitUntil(() => _received.Count >= count);
        return [.. _received];
    }

    /// <summary>A log of texts.</summary>
    private sealed class TestLog
    {
        private const int Page = 50;

        private readonly Lock _gate = new();
        private readonly List<string> _all = [];
        private string _epoch = "first";
        private int _trimmed;
        private int _reads;
        private volatile bool _isAway;

        public int Reads => Volatile.Read(ref _reads);

        public bool IsAway
        {
            set => _isAway = value;
        }

        public LogPosition At(int offset) => new(_epoch, offset);

        public WirePacket Packet(int offset) => Packets.Pack(_all[offset - 1]);

        public void Store(params string[] texts)
        {
            lock (_gate)
            {
                _all.AddRange(texts);
            }
        }

        public void Trim(int upTo) => _trimmed = upTo;

        public void Restart(string epoch)
        {
            lock (_gate)
            {
                _all.Clear();
                _epoch = epoch;
            }
        }

        public async Task<LogReplay> ReadAsync(RoomLogKey log, LogPosition at)
        {
            Interlocked.Increment(ref _reads);
            await Task.Yield();
            lock (_gate)
            {
                if (_isAway)
                {
                    throw new IOException("away");
                }

                var first = Math.Max(_trimmed, at.Epoch == _epoch ? (int)at.Offset : 0) + 1;
                var last = Math.Min(_all.Count, first + Page - 1);
                List<(LogPosition, WirePacket)> messages = [];
                for (var offset = first; offset <= last; offset++)
                {
                    messages.Add((At(offset), Packet(offset)));
                }

                return new LogReplay(messages, At(last), last == _all.Count);
            }
        }
    }
}
