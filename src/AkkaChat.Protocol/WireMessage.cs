using System.Buffers;
using System.Buffers.Text;
using AkkaChat.Protocol.WebSockets;

namespace AkkaChat.Protocol;

/// <summary>
/// One Engine.IO message ready for any transport: encoded once and shared by all recipients. Thread-safe.
/// </summary>
/// <remarks>
/// <code>
///            WebSocket               polling payload
/// text       4hello (text frame)     4hello
/// binary     the bytes themselves    b + base64 of the bytes
/// </code>
/// </remarks>
internal sealed class WireMessage
{
    private const byte Base64Prefix = (byte)'b';

    // Made when first asked for. Two threads may both make it: the copies are equal, and one of them stays.
    private byte[]? _frame;

    private WireMessage(ReadOnlyMemory<byte> data, bool isBinary)
    {
        Data = data;
        IsBinary = isBinary;
    }

    public bool IsBinary { get; }

    /// <summary>What goes into one WebSocket message.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>
    /// The complete WebSocket frame, unmasked as servers send it, for writers that own the connection.
    /// </summary>
    public ReadOnlyMemory<byte> Frame => _frame ??= WebSocketFrame.Encode(Data.Span, IsBinary);

    /// <summary>Bytes that <see cref="WritePolling"/> writes.</summary>
    public int PollingLength => IsBinary ? 1 + Base64.GetMaxEncodedToUtf8Length(Data.Length) : Data.Length;

    /// <param name="engineText">The text with its Engine.IO type digit; not to be changed afterwards.</param>
    public static WireMessage Text(byte[] engineText) => new(engineText, isBinary: false);

    /// <param name="data">The bytes without any type digit; not to be changed afterwards.</param>
    public static WireMessage Binary(ReadOnlyMemory<byte> data) => new(data, isBinary: true);

    public void WritePolling(IBufferWriter<byte> output)
    {
        if (!IsBinary)
        {
            output.Write(Data.Span);
            return;
        }

        var target = output.GetSpan(PollingLength);
        target[0] = Base64Prefix;
        Base64.EncodeToUtf8(Data.Span, target[1..], out _, out var written);
        output.Advance(1 + written);
    }
}
