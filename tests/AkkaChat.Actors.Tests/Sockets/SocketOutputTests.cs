using AkkaChat.Delivery;
using AkkaChat.Sockets;
using AkkaChat.Tests.Support;

namespace AkkaChat.Tests.Sockets;

public class SocketOutputTests
{
    private readonly StubDrainer _drainer = new();
    private readonly Outbox _outbox;
    private readonly SocketOutput _output;
    private int _overflows;

    public SocketOutputTests()
    {
        _outbox = new Outbox(1000, () => _overflows++);
        _outbox.Attach(_drainer);
        _output = new SocketOutput(_outbox);
    }

    [Fact]
    public void What_is_sent_early_follows_the_answer_to_CONNECT()
    {
        _output.Send(Wire.Pack("1"));
        _output.Send(Wire.Pack("2"));
        Assert.Empty(Take());

        _output.Open(Wire.Pack("connected"));
        _output.Send(Wire.Pack("3"));
        Assert.Equal(["4connected", "41", "42", "43"], Take());
    }

    [Fact]
    public void Early_volatile_packets_are_dropped()
    {
        _output.SendVolatile(Wire.Pack("v"));
        _output.Open(Wire.Pack("connected"));

        Assert.Equal(["4connected"], Take());
    }

    [Fact]
    public void It_opens_once()
    {
        _output.Open(Wire.Pack("connected"));
        _output.Open(Wire.Pack("again"));

        Assert.Equal(["4connected"], Take());
    }

    [Fact]
    public void Nothing_follows_the_farewell()
    {
        _output.Open(Wire.Pack("connected"));
        Assert.True(_output.TryClose(Wire.Pack("bye")));
        Assert.False(_output.TryClose(Wire.Pack("bye again")));
        _output.Send(Wire.Pack("late"));
        _output.SendVolatile(Wire.Pack("late"));

        Assert.Equal(["4connected", "4bye"], Take());
    }

    [Fact]
    public void Closed_before_it_opened_it_sends_nothing_at_all()
    {
        _output.Send(Wire.Pack("early"));
        _output.TryClose(null);
        _output.Open(Wire.Pack("connected"));

        Assert.Empty(Take());
        Assert.True(_outbox.IsEmpty);
    }

    [Fact]
    public void Early_packets_count_in_the_outbox_and_are_bounded_by_it()
    {
        _output.Send(Wire.PackBytes(600));
        Assert.Equal(600, _outbox.Bytes);

        _output.Send(Wire.PackBytes(600));
        Assert.Equal(1, _overflows);
    }

    [Fact]
    public void Early_packets_count_once_when_they_have_gone_out()
    {
        _output.Send(Wire.PackBytes(600));
        _output.Open(Wire.PackBytes(10));
        _drainer.TakeFrom(_outbox, out var bytes);
        _outbox.Written(bytes);

        Assert.Equal(610, bytes);
        Assert.True(_outbox.IsEmpty);
        Assert.Equal(0, _overflows);
    }

    [Fact]
    public async Task Early_packets_of_many_threads_keep_each_ones_order()
    {
        var outbox = new Outbox(long.MaxValue, () => { });
        outbox.Attach(_drainer);
        var output = new SocketOutput(outbox);
        await Limit.RunAtOnce(4, number =>
        {
            for (var packet = 0; packet < 1000; packet++)
            {
                output.Send(Wire.Pack($"{number}:{packet}"));
                if (number == 0 && packet == 500)
                {
                    output.Open(Wire.Pack("connected"));
                }
            }
        });

        var all = _drainer.TakeFrom(outbox);
        Assert.Equal("4connected", all[0]);
        Assert.Equal(4001, all.Length);
        for (var number = 0; number < 4; number++)
        {
            var prefix = $"4{number}:";
            Assert.Equal(
                Enumerable.Range(0, 1000).Select(packet => prefix + packet),
                all.Where(text => text.StartsWith(prefix, StringComparison.Ordinal)));
        }
    }

    private string[] Take() => _drainer.TakeFrom(_outbox);
}
