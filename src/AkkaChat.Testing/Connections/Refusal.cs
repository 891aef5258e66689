using System.Text.Json;
using AkkaChat.Protocol.SocketIO;

namespace AkkaChat.Testing.Connections;

/// <summary>Makes exceptions of the ways in which a server keeps a client out.</summary>
internal static class Refusal
{
    /// <summary>A CONNECT_ERROR packet.</summary>
    public static ConnectRefusedException Of(SocketPacket packet)
    {
        using var document = JsonDocument.Parse(packet.Payload.IsEmpty ? "{}"u8.ToArray() : packet.Payload);
        var error = document.RootElement;
        if (error.ValueKind == JsonValueKind.String)
        {
            return new ConnectRefusedException(error.GetString() ?? "");
        }

        var message = error.TryGetProperty("message", out var text) ? text.ToString() : "";
        return new ConnectRefusedException(message)
        {
            Payload = error.TryGetProperty("data", out var data) ? data.Clone() : null,
        };
    }

    /// <summary>An HTTP response to the opening request.</summary>
    public static ConnectRefusedException Of(HttpResponseMessage response, ReadOnlySpan<byte> body) =>
        new(MessageIn(body) ?? $"The server refused the request with HTTP status {(int)response.StatusCode}.")
        {
            StatusCode = (int)response.StatusCode,
        };

    /// <summary>The test host's exception for a WebSocket request that was not accepted.</summary>
    public static ConnectRefusedException Of(InvalidOperationException exception)
    {
        var digits = exception.Message.Split(' ').LastOrDefault();
        return new ConnectRefusedException($"The server did not accept the WebSocket: {exception.Message}", exception)
        {
            StatusCode = int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var status) ? status : null,
        };
    }

    private static string? MessageIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document)
                && document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message) ? message.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
