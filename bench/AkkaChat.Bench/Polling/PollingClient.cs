using System.Text;
using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Polling;

/// <summary>
/// A Socket.IO client on HTTP long-polling: one connection always has a poll waiting, the other posts, one request at a time.
/// </summary>
internal sealed class PollingClient
{
    private const byte PacketSeparator = 0x1E;

    private readonly PollingLoop _loop;
    private readonly Client _polls;
    private readonly Client _posts;
    private PollingRequests? _requests;
    private bool _isPosting;
    private bool _owesPong;
    private bool _wantsEcho;

    public PollingClient(PollingLoop loop, int index, Client polls, Client posts)
    {
        _loop = loop;
        Index = index;
        _polls = polls;
        _posts = posts;
    }

    public int Index { get; }

    /// <summary>Follows the numbers of the echoes.</summary>
    public Measuring.SequenceChecker Received => _polls.Received;

    /// <summary>How many echoes were asked for.</summary>
    public uint Sent { get; private set; }

    /// <summary>Asks for an echo, as soon as the post before it has been answered.</summary>
    public void Echo()
    {
        _wantsEcho = true;
        PostNext();
    }

    /// <summary>Both connections can be written to.</summary>
    public void Open() => _loop.Send(_polls, PollingRequests.Open(_loop.Port));

    /// <summary>A response to a poll or a post has come.</summary>
    public void Take(Client connection, ReadOnlySpan<byte> body, long now)
    {
        if (connection == _posts)
        {
            _isPosting = false;
            PostNext();
        }
        else if (_requests is null)
        {
            Join(body);
        }
        else
        {
            _loop.Send(_polls, _requests.Poll);
            TakePackets(body, now);
        }
    }

    private void Join(ReadOnlySpan<byte> opening)
    {
        var text = Encoding.ASCII.GetString(opening);
        var sid = text.Split('"', 5) is ["0{", "sid", _, var id, _]
            ? id
            : throw new BenchException("the server opened no session: " + text);
        _requests = new PollingRequests(sid, _loop.Port, _loop.PayloadLength);
        _loop.Send(_polls, _requests.Poll);
        Post(_requests.Join);
    }

    private void TakePackets(ReadOnlySpan<byte> packets, long now)
    {
        while (packets.Length > 0)
        {
            var end = packets.IndexOf(PacketSeparator);
            var packet = end < 0 ? packets : packets[..end];
            TakePacket(packet, now);
            packets = end < 0 ? [] : packets[(end + 1)..];
        }
    }

    private void TakePacket(ReadOnlySpan<byte> packet, long now)
    {
        switch (packet)
        {
            case [(byte)'4', (byte)'3', ..] when Stamp.TryRead(packet, out var stamp):
                _loop.Listener.Echoed(this, stamp, now);
                break;
            case [(byte)'4', (byte)'0', ..]:
                _loop.Listener.Ready(this);
                break;
            case [(byte)'2']:
                _owesPong = true;
                PostNext();
                break;
            case [(byte)'6']:
                break;
            default:
                throw new BenchException("the server sent something unexpected: " + Encoding.UTF8.GetString(packet));
        }
    }

    private void PostNext()
    {
        if (_isPosting)
        {
            return;
        }

        if (_owesPong)
        {
            _owesPong = false;
            Post(_requests!.Pong);
        }
        else if (_wantsEcho)
        {
            _wantsEcho = false;
            Post(_requests!.Echo(new Stamp(Clock.Now, Sent++, (uint)Index)));
        }
    }

    private void Post(ReadOnlySpan<byte> request)
    {
        _isPosting = true;
        _loop.Send(_posts, request);
    }
}
