using AkkaChat.Bench.Measuring;

namespace AkkaChat.Bench.Loads;

/// <summary>What clients do while a server is measured.</summary>
internal interface ILoad
{
    Measurement Measurement { get; }

    /// <summary>When <see cref="Tick"/> has something to do next; <see cref="long.MaxValue"/> if never.</summary>
    long NextDue { get; }

    /// <summary>Sends the first messages.</summary>
    void Start();

    /// <summary>Does what has become due.</summary>
    void Tick(long now);

    /// <summary>Sends nothing new from now on.</summary>
    void Stop();
}
