using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using AkkaChat.Protocol;
using NetSocket = System.Net.Sockets.Socket;

namespace AkkaChat.Web.Connections;

/// <summary>
/// Writes to the non-blocking socket of a connection, each call's bytes whole and in the caller's thread; only what a
/// full socket does not take is awaited. Many small frames become one write. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its semaphore has no wait handle and needs no disposal.")]
internal sealed class FrameWriter(NetSocket socket)
{
    /// <summary>What one write gathers.</summary>
    private const int GatherSize = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _gather;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Writes bytes that are frames already.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await WriteAllAsync(bytes[SendNow(bytes.Span)..], cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes the frames of packets, in order. Completes when the socket has them all.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public ValueTask WriteAsync(List<WirePacket> packets, CancellationToken cancellationToken)
    {
        if (!_turn.Wait(0, CancellationToken.None))
        {
            return WriteInTurnAsync(packets, cancellationToken);
        }

        Queue<ReadOnlyMemory<byte>>? rest;
        try
        {
            rest = SendNow(packets);
        }
        catch
        {
            _turn.Release();
            throw;
        }

        if (rest is not null)
        {
            return WriteRestAsync(rest, cancellationToken);
        }

        _turn.Release();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteInTurnAsync(List<WirePacket> packets, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var bytes in SendNow(packets) ?? [])
            {
                await WriteAllAsync(bytes, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask WriteRestAsync(Queue<ReadOnlyMemory<byte>> rest, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var bytes in rest)
            {
                await WriteAllAsync(bytes, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask WriteAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    /// <summary>Sends what the socket takes; the result is what it did not take, null if nothing is left.</summary>
    private Queue<ReadOnlyMemory<byte>>? SendNow(List<WirePacket> packets)
    {
        Queue<ReadOnlyMemory<byte>>? rest = null;
        var gather = _gather ??= new byte[GatherSize];
        var gathered = 0;
        foreach (var packet in packets)
        {
            foreach (var message in packet.Messages)
            {
                var frame = message.Frame;
                if (rest is null && gathered + frame.Length > gather.Length)
                {
                    SendOrKeep(gather.AsMemory(0, gathered), isShared: false, ref rest);
                    gathered = 0;
                }

                if (rest is not null || frame.Length > gather.Length)
                {
                    SendOrKeep(frame, isShared: true, ref rest);
                }
                else
                {
                    frame.Span.CopyTo(gather.AsSpan(gathered));
                    gathered += frame.Length;
                }
            }
        }

        SendOrKeep(gather.AsMemory(0, gathered), isShared: false, ref rest);
        return rest;
    }

    /// <summary>Bytes that are not shared are this thread's buffer: what stays of them is copied.</summary>
    private void SendOrKeep(ReadOnlyMemory<byte> bytes, bool isShared, ref Queue<ReadOnlyMemory<byte>>? rest)
    {
        var left = rest is null ? bytes[SendNow(bytes.Span)..] : bytes;
        if (!left.IsEmpty)
        {
            (rest ??= new Queue<ReadOnlyMemory<byte>>()).Enqueue(isShared ? left : left.ToArray());
        }
    }

    private int SendNow(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }

        var sent = socket.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw new SocketException((int)error),
        };
    }
}
