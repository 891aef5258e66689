namespace AkkaChat.Cluster.Tests.Histories;

/// <summary>
/// Says what contradicts the guarantees: one list per room, each client's view is a contiguous part of it, none twice,
/// confirmed publishes are in it. It knows nothing of epochs and sequences, only what clients and publishers saw. Ask it
/// when everything has come to rest; the window is the most that not all nodes may have.
/// </summary>
internal sealed class HistoryChecker
{
    private readonly RoomHistory _history;
    private readonly int _window;
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, string> _next = [];
    private readonly Dictionary<string, string> _previous = [];

    private HistoryChecker(RoomHistory history, int window)
    {
        _history = history;
        _window = window;
    }

    private IEnumerable<RoomHistory.View> Surviving => _history.Views.Where(view => !_history.IsLost(view.Node));

    public static IReadOnlyList<string> Check(RoomHistory history, int window)
    {
        var checker = new HistoryChecker(history, window);
        checker.CheckEachView();
        checker.CheckOneOrder();
        checker.CheckLostNodes();
        checker.CheckConfirmed();
        checker.CheckEnds();
        return checker._violations;
    }

    private void CheckEachView()
    {
        foreach (var view in _history.Views)
        {
            var last = new Dictionary<string, long>();
            var seen = new HashSet<string>();
            foreach (var content in view.Contents)
            {
                Expect(seen.Add(content), $"{view.Client} got {content} twice");
                CheckPublished(view, content, last);
            }
        }
    }

    private void CheckPublished(RoomHistory.View view, string content, Dictionary<string, long> last)
    {
        if (!_history.Publishes.TryGetValue(content, out var published))
        {
            _violations.Add($"{view.Client} got {content}, which nobody published");
            return;
        }

        Expect(published.Outcome != RoomHistory.Outcome.NeverSent, $"{view.Client} got {content}, which never left its node");
        Expect(
            !last.TryGetValue(published.Publisher, out var before) || before < published.Number,
            $"{view.Client} got {content} after a later one of {published.Publisher}");
        last[published.Publisher] = published.Number;
    }

    /// <summary>
    /// Views are contiguous parts of one list exactly if no entry has two followers or two predecessors, and following
    /// them never leads in a circle.
    /// </summary>
    private void CheckOneOrder()
    {
        foreach (var view in Surviving)
        {
            foreach (var (first, second) in view.Contents.Zip(view.Contents.Skip(1)))
            {
                Expect(
                    _next.TryAdd(first, second) || _next[first] == second,
                    $"{view.Client} got {second} after {first}, but others got {_next[first]}");
                Expect(
                    _previous.TryAdd(second, first) || _previous[second] == first,
                    $"{view.Client} got {first} before {second}, but others got {_previous[second]}");
            }
        }

        var reached = _next.Keys.Where(content => !_previous.ContainsKey(content)).Sum(LengthFrom);
        Expect(reached == _next.Count, "the order goes in a circle");
    }

    private int LengthFrom(string head)
    {
        var length = 0;
        for (var content = head; length <= _next.Count && _next.TryGetValue(content, out var next); content = next)
        {
            length++;
        }

        return length;
    }

    /// <summary>
    /// What a client of a lost node saw is the same list too, but for an end that only lost nodes knew: no longer than
    /// the window of what not all nodes had.
    /// </summary>
    private void CheckLostNodes()
    {
        foreach (var view in _history.Views.Where(view => _history.IsLost(view.Node)))
        {
            var inStep = view.Contents.Zip(view.Contents.Skip(1)).TakeWhile(IsInStep).Count();
            var end = view.Contents.Count - 1 - inStep;
            Expect(end <= _window, $"{view.Client} of a lost node got {end} entries of another list, after {view.Contents.ElementAtOrDefault(inStep)}");
        }
    }

    private bool IsInStep((string First, string Second) pair) =>
        _next.GetValueOrDefault(pair.First, pair.Second) == pair.Second
        && _previous.GetValueOrDefault(pair.Second, pair.First) == pair.First;

    /// <summary>Who was in before a confirmed publish began, and still is, has got it.</summary>
    private void CheckConfirmed()
    {
        foreach (var published in _history.Publishes.Values)
        {
            if (published.Outcome != RoomHistory.Outcome.Confirmed || _history.IsLost(published.Node))
            {
                continue;
            }

            foreach (var view in Surviving.Where(view => !view.HasLeft && view.JoinedAt < published.StartedAt))
            {
                Expect(view.Contents.Contains(published.Content), $"{view.Client} never got {published.Content}, which is confirmed");
            }
        }
    }

    private void CheckEnds()
    {
        var ends = Surviving.Where(view => !view.HasLeft && view.Contents.Count > 0).Select(view => view.Contents[^1]).Distinct().ToList();
        Expect(ends.Count <= 1, $"views end differently: {string.Join(", ", ends)}");
    }

    private void Expect(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }
}
