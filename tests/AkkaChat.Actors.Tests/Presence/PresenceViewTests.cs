using AkkaChat.Presence;
using AkkaChat.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Tests.Presence;

public class PresenceViewTests
{
    private static readonly PresenceKey Room = new("/", "room");

    private readonly PresenceView _view = new();

    [Fact]
    public void What_came_and_went_before_it_was_told_is_not_told()
    {
        _view.Add(Entry("1"));
        _view.Remove(Entry("1"));

        Assert.True(_view.TakeForClients().IsEmpty);
        Assert.True(_view.TakeForNodes().IsEmpty);
    }

    [Fact]
    public void What_is_told_is_told_once_to_each()
    {
        _view.Add(Entry("1"));

        Assert.Equal("+1", Show(_view.TakeForClients()));
        Assert.Equal("", Show(_view.TakeForClients()));
        Assert.Equal("+1", Show(_view.TakeForNodes()));
        Assert.Equal("", Show(_view.TakeForNodes()));
    }

    [Fact]
    public void What_clients_know_is_what_they_were_told_last()
    {
        _view.Add(Entry("1"));
        _view.TakeForClients();
        _view.Add(Entry("2"));
        _view.Remove(Entry("1"));

        Assert.Equal(["1"], _view.AllAsTold.Select(entry => entry.Ref));
        Assert.Equal(["2"], _view.All.Select(entry => entry.Ref));
    }

    [Fact]
    public void Other_nodes_entries_are_told_to_clients_only()
    {
        _view.Apply("b", 1, [Change(["1"], [])]);

        Assert.Equal("+1", Show(_view.TakeForClients()));
        Assert.Equal("", Show(_view.TakeForNodes()));
        Assert.Empty(_view.Here);
    }

    [Fact]
    public void A_change_that_is_known_already_changes_nothing()
    {
        Assert.True(_view.TryReplace("b", 5, [Entry("1")]));
        _view.TakeForClients();

        _view.Apply("b", 5, [Change(["2"], ["1"])]);
        Assert.Equal("", Show(_view.TakeForClients()));
        _view.Apply("b", 6, [Change(["2"], ["1"])]);
        Assert.Equal("+2 -1", Show(_view.TakeForClients()));
    }

    [Fact]
    public void Several_changes_under_one_stamp_all_count()
    {
        _view.Apply("b", 1, [Change([], ["0"]), Change(["1"], []), Change(["2"], [])]);

        Assert.Equal("+1 +2", Show(_view.TakeForClients()));
    }

    [Fact]
    public void An_answer_that_is_older_than_what_is_known_is_refused()
    {
        _view.Apply("b", 5, [Change(["1"], [])]);

        Assert.False(_view.TryReplace("b", 4, []));
        Assert.Single(_view.All);
        Assert.True(_view.TryReplace("b", 5, []));
        Assert.Empty(_view.All);
    }

    [Fact]
    public void A_node_that_has_gone_takes_its_entries_with_it_and_no_others()
    {
        _view.Add(Entry("1"));
        _view.Apply("b", 1, [Change(["2"], [])]);
        _view.Apply("c", 1, [Change(["3"], [])]);
        _view.TakeForClients();

        _view.Forget("b");
        _view.Forget("unknown");

        Assert.Equal("-2", Show(_view.TakeForClients()));
        Assert.Equal(["1", "3"], _view.All.Select(entry => entry.Ref).Order());
    }

    /// <summary>
    /// A node tells another what it does; some of it is lost. That one asks when it finds a gap, and the answer comes late. In the
    /// end both agree, and a client that adds up the changes has what the other node has.
    /// </summary>
    [Fact]
    public void Whatever_is_lost_and_however_late_answers_are_both_nodes_agree_in_the_end() =>
        Properties.ForAll(
            Gen.Choose(0, 5).ListOf(60),
            steps =>
            {
                var link = new Link();
                foreach (var step in steps)
                {
                    link.Do(step);
                }

                link.Settle();
                link.Check();
            },
            runs: 2_000);

    private static PresenceEntry Entry(string name) => new(name, "key", "{}"u8.ToArray());

    private static PresenceRoomChange Change(string[] joins, string[] leaves) => new(Room, [.. joins.Select(Entry)], leaves);

    private static string Show(PresenceDiff diff) => string.Join(
        ' ', diff.Joins.Select(entry => "+" + entry.Ref).Order().Concat(diff.Leaves.Select(entry => "-" + entry.Ref).Order()));

    /// <summary>One node that tells, one that hears, and a client of the latter.</summary>
    private sealed class Link
    {
        private readonly PresenceView _from = new();
        private readonly PresenceView _to = new();
        private readonly PresencePeer _peer = new("a");
        private readonly List<PresenceEntry> _entries = [];
        private readonly HashSet<string> _client = [];
        private (long Stamp, PresenceEntry[] Entries)? _answer;
        private long _stamp;
        private int _last;

        public void Do(int step)
        {
            switch (step)
            {
                case 0 or 1:
                    _entries.Add(Entry($"{++_last}"));
                    _from.Add(_entries[^1]);
                    break;
                case 2 when _entries.Count > 0:
                    _from.Remove(_entries[_last % _entries.Count]);
                    _entries.RemoveAt(_last % _entries.Count);
                    break;
                case 3:
                    Tell(isLost: false);
                    break;
                case 4:
                    Tell(isLost: true);
                    break;
                default:
                    Answer();
                    break;
            }

            Tell(_to.TakeForClients());
        }

        public void Settle()
        {
            Tell(isLost: false);
            Hear(_stamp, _stamp, Change([], []));
            while (_answer is not null)
            {
                Answer();
            }

            Tell(_to.TakeForClients());
        }

        public void Check()
        {
            var expected = _entries.Select(entry => entry.Ref).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(expected, _to.All.Select(entry => entry.Ref).Order(StringComparer.Ordinal));
            Assert.Equal(expected, _client.Order(StringComparer.Ordinal));
        }

        private void Tell(bool isLost)
        {
            var diff = _from.TakeForNodes();
            var after = _stamp++;
            if (!isLost)
            {
                Hear(after, _stamp, new PresenceRoomChange(Room, diff.Joins, [.. diff.Leaves.Select(entry => entry.Ref)]));
            }
        }

        private void Hear(long after, long stamp, PresenceRoomChange change)
        {
            if (stamp > after)
            {
                _to.Apply("a", stamp, [change]);
            }

            if (!_peer.Hear(after, stamp) && _peer.Want([Room]))
            {
                Ask();
            }
        }

        /// <summary>The answer is given now and comes later.</summary>
        private void Ask() => _answer = _peer.TakeWanted().Count > 0 ? (_stamp, [.. _from.HereAsTold]) : null;

        private void Answer()
        {
            if (_answer is { } answer)
            {
                if (!_to.TryReplace("a", answer.Stamp, answer.Entries))
                {
                    _peer.Want([Room]);
                }

                Ask();
            }
        }

        private void Tell(PresenceDiff diff)
        {
            Assert.True(diff.Leaves.All(entry => _client.Remove(entry.Ref)), "What leaves was there.");
            Assert.True(diff.Joins.All(entry => _client.Add(entry.Ref)), "What joins was not there.");
        }
    }
}
