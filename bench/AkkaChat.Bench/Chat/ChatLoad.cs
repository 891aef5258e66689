using System.Text;
using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Loads;
using AkkaChat.Bench.Measuring;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Chat;

/// <summary>
/// People speak in their rooms; how fast is for the derived classes to say. What comes to everybody in the room, the speaker
/// too, is checked twice: by the speakers' numbers, and by the places in the room's log, which must follow each other.
/// </summary>
internal abstract class ChatLoad : ILoad, IClientEvents
{
    private const int TextLength = 128;
    private const string Words = "the room is open and whoever comes in may say what they have seen since yesterday, be it much or little; ";

    private readonly ClientLoop _loop;
    private readonly ChatShape _shape;
    private readonly Speaker[] _speakers;
    private readonly long[] _offsets;

    /// <param name="loop">The loop of the clients.</param>
    /// <param name="clients">Room by room.</param>
    /// <param name="rooms">The rooms' ids.</param>
    /// <param name="shape">How they are distributed.</param>
    protected ChatLoad(ClientLoop loop, IReadOnlyList<Client> clients, IReadOnlyList<string> rooms, ChatShape shape)
    {
        _loop = loop;
        _shape = shape;
        _offsets = new long[clients.Count];
        _speakers = [.. Enumerable.Range(0, shape.Rooms * shape.Speakers).Select(CreateSpeaker)];
        foreach (var client in clients)
        {
            client.Enter(client.Index / shape.Members, shape.Speakers);
        }

        Speaker CreateSpeaker(int number)
        {
            var room = number / shape.Speakers;
            var start = number % Words.Length;
            var text = (Words[start..] + Words + Words)[..TextLength];
            return new Speaker(number, clients[(room * shape.Members) + (number % shape.Speakers)], rooms[room], text);
        }
    }

    public Measurement Measurement { get; } = new();

    /// <summary>From when a message was due to its ack, within the window.</summary>
    public LatencyHistogram Acks { get; } = new();

    public abstract long NextDue { get; }

    /// <summary>How many changes did not have the place in their room's log that follows the one before.</summary>
    public long Misplaced { get; private set; }

    protected IReadOnlyList<Speaker> Speakers => _speakers;

    protected bool IsStopped { get; private set; }

    private bool IsAllAcked => Array.TrueForAll(_speakers, speaker => speaker.Acked == speaker.Client.Sent);

    public abstract void Start();

    public abstract void Tick(long now);

    public void Stop() => IsStopped = true;

    /// <summary>How many messages were acked, room by room.</summary>
    public IReadOnlyList<long> AckedByRoom() =>
        [.. _speakers.Chunk(_shape.Speakers).Select(speakers => speakers.Sum(speaker => speaker.Acked))];

    /// <summary>Waits for the acks that are still to come.</summary>
    public void AwaitAcks(TimeSpan limit)
    {
        for (var end = Clock.Now + Clock.Nanoseconds(limit); !IsAllAcked;)
        {
            _loop.Turn(timeoutMilliseconds: 10);
            if (Clock.Now > end)
            {
                var missing = _speakers.Sum(speaker => speaker.Client.Sent - speaker.Acked);
                throw new BenchException($"{missing} messages were not acked in time.");
            }
        }
    }

    public void Received(Client client, ReadOnlySpan<byte> message, long now)
    {
        if (ChatProtocol.ReadAck(message) is not { } ack)
        {
            TakeChange(client, message, now);
            return;
        }

        if (!ack.IsDone)
        {
            throw new BenchException($"client {client.Index} was refused: {Encoding.UTF8.GetString(message)}");
        }

        var speaker = _speakers[(client.Room * _shape.Speakers) + (client.Index % _shape.Members)];
        var due = speaker.TakeAck(ack.AckId);
        if (Measurement.IsOpen)
        {
            Acks.Record(now - due);
        }

        Acked(speaker);
    }

    public void Lost(Client client, string reason) =>
        throw new BenchException($"client {client.Index} was lost under load: {reason}");

    public void Ready(Client client)
    {
    }

    public void Joined(Client client)
    {
    }

    public void Delivered(Client client, in Stamp stamp, long now)
    {
    }

    public void Echoed(Client client, in Stamp stamp, long now)
    {
    }

    /// <summary>A message of that speaker was acked.</summary>
    protected abstract void Acked(Speaker speaker);

    /// <summary>The speaker says something; its time stamp is the moment at which it had to.</summary>
    protected void Say(Speaker speaker, long due)
    {
        Measurement.Expected += _shape.Members;
        speaker.Say(_loop, due);
    }

    private void TakeChange(Client client, ReadOnlySpan<byte> change, long now)
    {
        var offset = ChatProtocol.ReadOffset(change);
        ref var last = ref _offsets[client.Index];
        Misplaced += last != 0 && offset != last + 1 ? 1 : 0;
        last = offset;
        if (Stamp.TryRead(change, out var stamp))
        {
            // Of another room: then the number is not that of this room's speaker, and counts as misrouted.
            var within = (int)(stamp.Publisher % (uint)_shape.Speakers);
            Measurement.Take(client.ReceivedFrom(within), stamp, (client.Room * _shape.Speakers) + within, now);
        }
    }
}
