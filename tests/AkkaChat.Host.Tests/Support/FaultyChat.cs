using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaChat.Host.Tests.Support;

/// <summary>The server as the application sees it: all goes through to the real one, but what <see cref="Fault"/> lets fail.</summary>
public class FaultyChat : DispatchProxy
{
    private static readonly MethodInfo FailingWithResult = typeof(FaultyChat).GetMethod(
        nameof(FailWithResultAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private object _real = null!;
    private Fault _fault = null!;

    /// <summary>Puts it between the application and the server.</summary>
    internal static void AddTo(IServiceCollection services, Fault fault)
    {
        var real = services.Last(service => service.ServiceType == typeof(IAkkaChat)).ImplementationFactory!;
        services.AddSingleton(given => Of((IAkkaChat)real(given), fault));
    }

    internal static T Of<T>(T real, Fault fault)
        where T : class
    {
        var proxy = Create<T, FaultyChat>();
        var self = (FaultyChat)(object)proxy;
        (self._real, self._fault) = (real, fault);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var taken = _fault.Take(targetMethod!.Name);
        var result = taken == FaultKind.NotDone
            ? Task.CompletedTask
            : targetMethod.Invoke(_real, BindingFlags.DoNotWrapExceptions, null, args, null);
        return result switch
        {
            Task done when taken != FaultKind.None => Fail(done, targetMethod),
            IBroadcaster sockets when targetMethod.ReturnType == typeof(IBroadcaster) => Of(sockets, _fault),
            IRoomLog log when targetMethod.ReturnType == typeof(IRoomLog) => Of(log, _fault),
            _ => result,
        };
    }

    /// <summary>A task of the kind that the method returns.</summary>
    private static object? Fail(Task done, MethodInfo method) => method.ReturnType.IsGenericType
        ? FailingWithResult.MakeGenericMethod(method.ReturnType.GenericTypeArguments).Invoke(null, [done, method.Name])
        : FailAsync(done, method.Name);

    private static async Task FailAsync(Task done, string method)
    {
        await done;
        throw new TimeoutException($"{method} has no answer.");
    }

    private static async Task<T> FailWithResultAsync<T>(Task done, string method)
    {
        await FailAsync(done, method);
        return default!;
    }
}

/// <summary>What is to fail: as if a node did not answer in time. Thread-safe.</summary>
internal sealed class Fault
{
    private readonly Lock _gate = new();
    private string? _method;
    private FaultKind _kind;
    private int _goThrough;
    private volatile string? _lasting;

    /// <summary>The name of a method that fails, and does nothing, for as long as it is set; null: none.</summary>
    public string? Lasting
    {
        get => _lasting;
        set => _lasting = value;
    }

    /// <summary>Lets a call fail, once.</summary>
    /// <param name="method">The name of a method of <see cref="IBroadcaster"/> or <see cref="IRoomLog"/>.</param>
    /// <param name="goThrough">How many calls of it are not meant, before the one that fails.</param>
    public void FailNext(string method, int goThrough = 0) => Prepare(method, goThrough, FaultKind.NotDone);

    /// <summary>The same, but only the answer is lost.</summary>
    public void LoseAnswer(string method, int goThrough = 0) => Prepare(method, goThrough, FaultKind.Done);

    public FaultKind Take(string method)
    {
        if (_lasting == method)
        {
            return FaultKind.NotDone;
        }

        lock (_gate)
        {
            if (_method != method || _goThrough-- > 0)
            {
                return FaultKind.None;
            }

            _method = null;
            return _kind;
        }
    }

    private void Prepare(string method, int goThrough, FaultKind kind)
    {
        lock (_gate)
        {
            (_method, _goThrough, _kind) = (method, goThrough, kind);
        }
    }
}

/// <summary>What becomes of a call.</summary>
internal enum FaultKind
{
    /// <summary>It succeeds.</summary>
    None,

    /// <summary>It fails and has done nothing.</summary>
    NotDone,

    /// <summary>It fails, but has been done.</summary>
    Done,
}
