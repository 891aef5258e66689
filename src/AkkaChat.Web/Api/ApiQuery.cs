using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AkkaChat.Web.Api;

/// <summary>The parameters of a question, each of them known.</summary>
internal sealed class ApiQuery
{
    private const int DefaultLimit = 100;
    private const int HighestLimit = 1000;

    private readonly IQueryCollection _query;

    /// <param name="query">The query string's.</param>
    /// <param name="known">The parameters there may be.</param>
    /// <exception cref="ApiException">There is another one.</exception>
    public ApiQuery(IQueryCollection query, params string[] known)
    {
        _query = query;
        ApiFields.RefuseUnknown(query.Keys.Except(known, StringComparer.OrdinalIgnoreCase), known);
    }

    /// <summary>How much one page has at most.</summary>
    public int Limit => Text("limit") is not { } text ? DefaultLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= HighestLimit
            ? limit
            : throw ApiException.Invalid("limit", $"'limit' is not accepted. Accepted: a whole number from 1 to {HighestLimit}.");

    /// <summary>A parameter that may be there once; null: it is not there.</summary>
    public string? Text(string name) => _query[name] switch
    {
        [] => null,
        [{ Length: > 0 } text] => text,
        _ => throw ApiException.Invalid(name, $"'{name}' is not accepted. Accepted: one text that is not empty."),
    };

    /// <summary>A parameter that may be there several times; null: it is not there.</summary>
    public IReadOnlyList<string?>? Texts(string name) => _query[name] is { Count: > 0 } texts ? [.. texts] : null;
}
