using System.Buffers;
using System.Text;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>The rules for names that clients choose: bounded in UTF-8 bytes, and no control characters.</summary>
internal static class ProtocolName
{
    private const string Controls =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f";

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(Controls);

    public static bool TryCheckLength(int bytes, string what, int maxLength, out ProtocolError error)
    {
        error = default;
        return bytes <= maxLength || ProtocolError.Fail(
            $"{what} of {bytes} bytes is over the limit of {maxLength} (max-name-length)", out error);
    }

    public static bool TryCheck(string name, string what, int maxLength, out ProtocolError error) =>
        TryCheckLength(Encoding.UTF8.GetByteCount(name), what, maxLength, out error)
        && (!name.AsSpan().ContainsAny(ControlCharacters)
            || ProtocolError.Fail($"{what} has a control character", out error));
}
