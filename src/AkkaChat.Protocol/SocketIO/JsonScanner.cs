using System.Text.Json;

namespace AkkaChat.Protocol.SocketIO;

/// <summary>
/// The one place where hostile JSON is read: checks all of it in one pass and notes where the elements are.
/// Nothing is parsed into objects; System.Text.Json's exceptions end here.
/// </summary>
internal static class JsonScanner
{
    private const int UsualElements = 16;

    /// <summary><paramref name="json"/> is to be valid UTF-8; the result holds slices of it.</summary>
    public static bool TryScan(
        ReadOnlyMemory<byte> json, JsonRules rules, out ScannedJson result, out ProtocolError error)
    {
        result = default;
        Span<(int, int)> space = stackalloc (int, int)[UsualElements];
        var pass = new JsonPass(json.Span, rules, space);
        try
        {
            if (!pass.TryRun(out error))
            {
                return false;
            }

            result = pass.Result(json);
            return true;
        }
        catch (JsonException)
        {
            return ProtocolError.Fail($"the payload is not valid JSON near byte {pass.Position}", out error);
        }
        catch (InvalidOperationException)
        {
            return ProtocolError.Fail($"the payload has a string that is no text near byte {pass.Position}", out error);
        }
        finally
        {
            pass.Dispose();
        }
    }
}
