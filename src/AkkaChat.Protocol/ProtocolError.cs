namespace AkkaChat.Protocol;

/// <summary>
/// Why input was refused: one short sentence for logs that says what was got and, for a limit, which setting to change.
/// </summary>
internal readonly record struct ProtocolError(string Reason)
{
    /// <summary>Fills <paramref name="error"/> and returns false, so that a failing rule is one line.</summary>
    public static bool Fail(string reason, out ProtocolError error)
    {
        error = new ProtocolError(reason);
        return false;
    }

    /// <summary>A byte as it may stand in a log line: hostile input never reaches the log raw.</summary>
    public static string Show(byte value) => value is > 0x20 and < 0x7f ? $"'{(char)value}'" : $"0x{value:x2}";
}
