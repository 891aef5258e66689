using AkkaChat.Host.Accounts;

namespace AkkaChat.Host.Messages;

/// <summary>Finds whom a text names: an @, and behind it a name as its owner writes it, in any case.</summary>
internal static class MentionedPeople
{
    /// <summary>The ids of those named, each once.</summary>
    public static IReadOnlyList<string>? In(string text, IReadOnlyList<Account> people)
    {
        // Longest first: of "Ann" and "Ann Lee" the text means the one it spells out.
        var byLength = people.OrderByDescending(person => person.Name.Length).ToList();
        var named = new List<string>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                continue; // An e-mail address.
            }

            var person = byLength.Find(person => IsAt(text, at + 1, person.Name));
            if (person is not null && !named.Contains(person.Id))
            {
                named.Add(person.Id);
            }
        }

        return named.Count > 0 ? named : null;
    }

    private static bool IsAt(string text, int start, string name)
    {
        var end = start + name.Length;
        return string.Compare(text, start, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
            && (end >= text.Length || !char.IsLetterOrDigit(text[end]));
    }
}
