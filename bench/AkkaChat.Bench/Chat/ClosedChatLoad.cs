using AkkaChat.Bench.Clients;

namespace AkkaChat.Bench.Chat;

/// <summary>Each speaker has so many messages without an ack, and says the next when one of them is acked: as fast as the server stores.</summary>
internal sealed class ClosedChatLoad(
    ClientLoop loop, IReadOnlyList<Client> clients, IReadOnlyList<string> rooms, ChatShape shape, int outstanding)
    : ChatLoad(loop, clients, rooms, shape)
{
    public override long NextDue => long.MaxValue;

    public override void Start()
    {
        for (var round = 0; round < outstanding; round++)
        {
            foreach (var speaker in Speakers)
            {
                Say(speaker, Clock.Now);
            }
        }
    }

    public override void Tick(long now)
    {
    }

    protected override void Acked(Speaker speaker)
    {
        if (!IsStopped)
        {
            Say(speaker, Clock.Now);
        }
    }
}
