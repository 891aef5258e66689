using AkkaChat.Bench.Clients;
using AkkaChat.Bench.Messages;

namespace AkkaChat.Bench.Chat;

/// <summary>A member of a room who says something in it again and again, and knows which of that is not acked yet.</summary>
internal sealed class Speaker
{
    /// <summary>How many messages of one speaker may be without an ack.</summary>
    private const int Places = 64;

    private readonly StampedMessage[] _messages;
    private readonly long[] _dueAt = new long[Places];

    /// <param name="number">From 0, over all rooms.</param>
    /// <param name="client">The member.</param>
    /// <param name="room">The room's id.</param>
    /// <param name="text">What is said.</param>
    public Speaker(int number, Client client, string room, string text)
    {
        (Number, Client) = (number, client);
        _messages = [.. Enumerable.Range(ChatProtocol.FirstSayAck, Places).Select(ackId => ChatProtocol.Say(room, ackId, text))];
    }

    public int Number { get; }

    public Client Client { get; }

    /// <summary>How many of its messages were acked.</summary>
    public long Acked { get; private set; }

    /// <summary>Says the next message, whose time stamp is the moment at which it was due.</summary>
    public void Say(ClientLoop loop, long due)
    {
        var sequence = Client.Sent++;
        var place = sequence % Places;
        if (_dueAt[place] != 0)
        {
            throw new BenchException($"the server is more than {Places} messages of one speaker behind: {Acked} of {sequence} are acked.");
        }

        _dueAt[place] = due;
        loop.Send(Client, _messages[place].With(new Stamp(due, sequence, (uint)Number)));
    }

    /// <summary>A message was acked; the moment at which it was due.</summary>
    public long TakeAck(int ackId)
    {
        var due = _dueAt[ackId - ChatProtocol.FirstSayAck];
        if (due == 0)
        {
            throw new BenchException($"client {Client.Index} got an ack for nothing.");
        }

        _dueAt[ackId - ChatProtocol.FirstSayAck] = 0;
        Acked++;
        return due;
    }
}
