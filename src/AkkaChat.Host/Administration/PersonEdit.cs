using System.Text.Json;

namespace AkkaChat.Host.Administration;

/// <summary>What is to be changed of a person; null stays.</summary>
/// <param name="Role">The role on the site.</param>
/// <param name="Banned">Whether they are shut out.</param>
/// <param name="MutedUntil">Milliseconds since 1970, UTC; 0 unmutes; negative is no time.</param>
/// <param name="Reason">For the audit log.</param>
/// <param name="Password">A new password.</param>
internal sealed record PersonEdit(string? Role, bool? Banned, long? MutedUntil, string? Reason, string? Password)
{
    private const int MaxReasonLength = 500;

    private const long NoTime = -1;

    public static PersonEdit Of(AdminRequests.PersonChange change)
    {
        var reason = Http.TypedText.OneLine(change.Reason, MaxReasonLength);
        return new(change.Role, change.Banned, TimeIn(change.MutedUntil), reason.Length == 0 ? null : reason, change.Password);
    }

    private static long? TimeIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Null => 0,
        JsonValueKind.Number when element.TryGetInt64(out var time) => time,
        _ => NoTime,
    };
}
