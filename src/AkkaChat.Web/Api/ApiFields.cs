namespace AkkaChat.Web.Api;

/// <summary>The members of requests, and what each takes, to say so to whoever gets one wrong.</summary>
internal static class ApiFields
{
    private const string Names = "a list of texts that are not empty";
    private const string Switch = "true or false";

    private static readonly Dictionary<string, string> Accepted = new(StringComparer.Ordinal)
    {
        ["namespace"] = "a text, such as /admin",
        ["rooms"] = Names,
        ["users"] = Names,
        ["socketIds"] = Names,
        ["room"] = "a text that is not empty, and more of them in parameters of the same name",
        ["user"] = "a text that is not empty, and more of them in parameters of the same name",
        ["except"] = Names,
        ["join"] = Names,
        ["leave"] = Names,
        ["everybody"] = Switch,
        ["volatile"] = Switch,
        ["close"] = Switch,
        ["event"] = "a text that is not empty",
        ["args"] = "a list of JSON values",
        ["timeoutMs"] = "a whole number of milliseconds, from 10 to 3600000",
        ["commands"] = "a list of objects with one member each: emit, call, join, leave or disconnect",
    };

    /// <param name="path">The member, perhaps with a place in its list, such as <c>rooms[1]</c>.</param>
    public static ApiException Wrong(string path)
    {
        var member = path.Split('[', '.')[0];
        return ApiException.Invalid(
            path,
            Accepted.TryGetValue(member, out var accepted)
                ? $"'{path}' is not accepted. Accepted: {accepted}."
                : $"'{path}' is not accepted.");
    }

    /// <param name="members">Members that the request does not have.</param>
    /// <param name="known">Those it has.</param>
    public static void RefuseUnknown(IEnumerable<string>? members, params IEnumerable<string> known)
    {
        if (members?.FirstOrDefault() is { } first)
        {
            throw ApiException.Invalid(first, $"There is no '{first}' here. Accepted: {string.Join(", ", known)}.");
        }
    }
}
