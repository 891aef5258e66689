using AkkaChat.Delivery;
using AkkaChat.Tests.Support;
using FsCheck.Fluent;

namespace AkkaChat.Tests.Delivery;

/// <summary>The outbox against the simplest thing that obeys the same rules.</summary>
public class OutboxModelTests
{
    private const int Capacity = 50;

    [Fact]
    public void It_does_what_a_bounded_queue_does()
    {
        var steps = Gen.Choose(0, 99).Select(number => number).ListOf();
        Properties.ForAll(steps, list =>
        {
            var run = new Run();
            foreach (var step in list)
            {
                run.Step(step);
            }
        });
    }

    private sealed class Run
    {
        private readonly StubDrainer _drainer = new();
        private readonly Outbox _outbox;
        private readonly List<int> _waiting = [];
        private int _writing;
        private bool _closed;
        private int _overflows;

        public Run()
        {
            _outbox = new Outbox(Capacity, () => _overflows++);
            _outbox.Attach(_drainer);
        }

        private int Total => _waiting.Sum() + _writing;

        public void Step(int number)
        {
            switch (number % 5)
            {
                case 0 or 1:
                    Add(1 + (number / 2));
                    break;
                case 2:
                    AddVolatile(1 + (number / 5));
                    break;
                case 3:
                    Take();
                    break;
                default:
                    _outbox.Written(_writing);
                    _writing = 0;
                    break;
            }

            Assert.Equal(Total, _outbox.Bytes);
            Assert.Equal(_closed ? 1 : 0, _overflows);
        }

        private void Add(int size)
        {
            var fits = !_closed && (Total == 0 || Total + size <= Capacity);
            Assert.Equal(fits, _outbox.TryAdd(Wire.PackBytes(size)));
            _closed |= !fits;
            if (fits)
            {
                _waiting.Add(size);
            }
        }

        private void AddVolatile(int size)
        {
            var fits = !_closed && Total == 0;
            Assert.Equal(fits, _outbox.TryAddVolatile(Wire.PackBytes(size)));
            if (fits)
            {
                _waiting.Add(size);
            }
        }

        private void Take()
        {
            var sizes = _drainer.TakeFrom(_outbox, out var bytes).Select(text => (text.Length - 2) / 2);
            Assert.Equal(_waiting, sizes);
            _writing += bytes;
            _waiting.Clear();
        }
    }
}
