using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Tests.Support;

/// <summary>FsCheck with a fixed seed: a failing run fails again, on every machine.</summary>
internal static class Properties
{
    private const ulong Seed = 20_261_121;

    public static void ForAll<T>(Gen<T> values, Action<T> property, int runs = 300)
    {
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(runs)
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(Seed), size: null));
        Check.One(config, Prop.ForAll(values.ToArbitrary(), property));
    }
}
