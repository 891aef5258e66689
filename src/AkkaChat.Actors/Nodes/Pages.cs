namespace AkkaChat.Nodes;

/// <summary>Cuts long answers into parts that leave room for other things on the wire.</summary>
internal static class Pages
{
    /// <summary>About the most bytes of a part; what is larger by itself is a part of its own.</summary>
    public const int Size = 128 * 1024;

    /// <summary>The items in order, over at least one page.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, int> sizeOf)
    {
        List<T> page = [];
        var left = Size;
        foreach (var item in items)
        {
            var size = sizeOf(item);
            if (size > left && page.Count > 0)
            {
                yield return page;
                page = [];
                left = Size;
            }

            page.Add(item);
            left -= size;
        }

        yield return page;
    }
}
